-- Which providers a tenant's passkeys are of, without a look at each passkey.
CREATE INDEX "Passkey_tenantId_environment_aaguid_backupEligible_idx" ON "Passkey"("tenantId", "environment", "aaguid", "backupEligible");
