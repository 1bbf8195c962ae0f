-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Key" (
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
    "frozenByTenant" BOOLEAN NOT NULL DEFAULT false,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "signatures" BIGINT NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "lastSignedAt" DATETIME
);
INSERT INTO "new_Key" ("approval", "createdAt", "environment", "frozen", "frozenByTenant", "generation", "id", "identityKeys", "label", "lastSignedAt", "maxPerHour", "parties", "publicKey", "publicPackage", "share", "signatures", "sub", "suite", "tenantId", "threshold") SELECT "approval", "createdAt", "environment", "frozen", "frozenByTenant", "generation", "id", "identityKeys", "label", "lastSignedAt", "maxPerHour", "parties", "publicKey", "publicPackage", "share", "signatures", "sub", "suite", "tenantId", "threshold" FROM "Key";
DROP TABLE "Key";
ALTER TABLE "new_Key" RENAME TO "Key";
CREATE INDEX "Key_tenantId_environment_sub_createdAt_id_idx" ON "Key"("tenantId", "environment", "sub", "createdAt", "id");
CREATE INDEX "Key_tenantId_environment_createdAt_id_idx" ON "Key"("tenantId", "environment", "createdAt", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
