-- DropIndex
DROP INDEX "Member_userId_key";

-- AlterTable
ALTER TABLE "Member" ADD COLUMN "usedAt" DATETIME;

UPDATE "Member" SET "usedAt" = "createdAt";

-- CreateIndex
CREATE UNIQUE INDEX "Member_tenantId_userId_key" ON "Member"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_tenantId_name_key" ON "Member"("tenantId", "name");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");
