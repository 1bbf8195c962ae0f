#!/bin/bash
# Makes the MPC server's database, with a user of its own: neither server can read the other's.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$MPC_POSTGRES_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE mpc LOGIN PASSWORD :'password';
CREATE DATABASE mpc OWNER mpc;
REVOKE CONNECT ON DATABASE mpc, playground FROM PUBLIC;
SQL
