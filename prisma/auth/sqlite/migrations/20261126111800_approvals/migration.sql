-- AlterTable
ALTER TABLE "Ceremony" ADD COLUMN "action" TEXT;
ALTER TABLE "Ceremony" ADD COLUMN "salt" TEXT;

-- CreateTable
CREATE TABLE "Approval" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "answer" TEXT,
    "answeredAt" DATETIME,
    "passkeyId" TEXT,
    "takenAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Approval_expiresAt_idx" ON "Approval"("expiresAt");
