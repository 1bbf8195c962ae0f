-- The keys of a place that were revoked, the newest first: however many there are that work.
CREATE INDEX "ApiKey_revoked_idx" ON "ApiKey"("tenantId", "environment", "createdAt", "id") WHERE "revokedAt" IS NOT NULL;
