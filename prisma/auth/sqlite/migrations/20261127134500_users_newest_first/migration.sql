-- CreateIndex
CREATE INDEX "User_tenantId_environment_createdAt_id_idx" ON "User"("tenantId", "environment", "createdAt", "id");
