-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN "handedOff" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "HandOff" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "username" TEXT,
    "options" TEXT,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "takenAt" DATETIME
);

-- CreateIndex
CREATE UNIQUE INDEX "HandOff_hash_key" ON "HandOff"("hash");

-- CreateIndex
CREATE INDEX "HandOff_keyId_network_createdAt_idx" ON "HandOff"("keyId", "network", "createdAt");

-- CreateIndex
CREATE INDEX "HandOff_createdAt_idx" ON "HandOff"("createdAt");
