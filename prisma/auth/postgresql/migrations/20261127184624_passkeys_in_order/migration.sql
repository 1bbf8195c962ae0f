-- A page of a place’s passkeys begins inside of an index, however many there are.
CREATE INDEX "Passkey_tenantId_environment_createdAt_id_idx" ON "Passkey"("tenantId", "environment", "createdAt", "id");
