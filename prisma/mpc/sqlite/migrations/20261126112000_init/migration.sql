-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Key" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "sub" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "suite" TEXT NOT NULL,
    "threshold" INTEGER NOT NULL,
    "parties" TEXT NOT NULL,
    "publicKey" BLOB NOT NULL,
    "publicPackage" TEXT NOT NULL,
    "identityKeys" TEXT NOT NULL,
    "share" TEXT NOT NULL,
    "approval" TEXT NOT NULL,
    "maxPerHour" INTEGER NOT NULL,
    "frozen" BOOLEAN NOT NULL DEFAULT false,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "signatures" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "lastSignedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Signed" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "keyId" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Session" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "sub" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "keyId" TEXT,
    "beginHash" TEXT NOT NULL,
    "beginAnswer" TEXT NOT NULL,
    "finishHash" TEXT,
    "finishAnswer" TEXT,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "sub", "id")
);

-- CreateTable
CREATE TABLE "UsedApproval" (
    "jti" TEXT NOT NULL PRIMARY KEY,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "UsageEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "event" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Key_tenantId_environment_sub_createdAt_id_idx" ON "Key"("tenantId", "environment", "sub", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Signed_keyId_at_idx" ON "Signed"("keyId", "at");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "UsedApproval_expiresAt_idx" ON "UsedApproval"("expiresAt");

-- CreateIndex
CREATE INDEX "UsageEvent_createdAt_id_idx" ON "UsageEvent"("createdAt", "id");


