-- AlterTable
ALTER TABLE "Key" ADD COLUMN "frozenByTenant" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "Key_tenantId_environment_createdAt_id_idx" ON "Key"("tenantId", "environment", "createdAt", "id");
