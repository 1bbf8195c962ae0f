-- DropIndex
DROP INDEX "Passkey_tenantId_environment_aaguid_backupEligible_idx";

-- CreateIndex
CREATE INDEX "LogLot_figures_idx" ON "LogLot"("tenantId", "environment", "at", "requests", "refused");

-- CreateIndex
CREATE INDEX "Passkey_models_idx" ON "Passkey"("tenantId", "environment", "aaguid", "backupEligible", "createdAt");
