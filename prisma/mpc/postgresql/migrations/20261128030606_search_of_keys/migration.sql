-- CreateIndex
CREATE INDEX "Key_tenantId_environment_label_createdAt_id_idx" ON "Key"("tenantId", "environment", "label", "createdAt", "id");

-- Of some rows: what a tenant asks for by whether it is frozen.
CREATE INDEX "Key_frozen_idx" ON "Key"("tenantId", "environment", "createdAt", "id") WHERE "frozen" OR "frozenByTenant";

-- CreateIndex
CREATE INDEX "Key_not_frozen_idx" ON "Key"("tenantId", "environment", "createdAt", "id") WHERE NOT ("frozen" OR "frozenByTenant");
