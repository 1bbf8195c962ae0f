-- The keys of a place that were not revoked, by when they end: however many there were, those that work are found at once.
CREATE INDEX "ApiKey_works_idx" ON "ApiKey"("tenantId", "environment", "expiresAt", "createdAt", "id") WHERE "revokedAt" IS NULL;
