-- The tenant leads the keys of what is always asked for with it: rows of one tenant stand together, and can be kept apart.

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Ceremony" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "userId" TEXT,
    "username" TEXT,
    "displayName" TEXT,
    "further" BOOLEAN NOT NULL DEFAULT false,
    "allowedBy" TEXT,
    "purpose" TEXT,
    "mediation" TEXT,
    "action" TEXT,
    "salt" TEXT,
    "options" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("tenantId", "id")
);
INSERT INTO "new_Ceremony" ("action", "allowedBy", "displayName", "environment", "expiresAt", "further", "id", "kind", "mediation", "options", "purpose", "salt", "tenantId", "userId", "username") SELECT "action", "allowedBy", "displayName", "environment", "expiresAt", "further", "id", "kind", "mediation", "options", "purpose", "salt", "tenantId", "userId", "username" FROM "Ceremony";
DROP TABLE "Ceremony";
ALTER TABLE "new_Ceremony" RENAME TO "Ceremony";
CREATE INDEX "Ceremony_expiresAt_idx" ON "Ceremony"("expiresAt");
CREATE TABLE "new_Invitation" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "invitee" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL DEFAULT 'viewer',
    "setUp" BOOLEAN NOT NULL DEFAULT false,
    "invitedBy" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("tenantId", "id"),
    CONSTRAINT "Invitation_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Invitation" ("createdAt", "expiresAt", "hash", "id", "invitedBy", "invitee", "role", "setUp", "tenantId") SELECT "createdAt", "expiresAt", "hash", "id", "invitedBy", "invitee", "role", "setUp", "tenantId" FROM "Invitation";
DROP TABLE "Invitation";
ALTER TABLE "new_Invitation" RENAME TO "Invitation";
CREATE UNIQUE INDEX "Invitation_hash_key" ON "Invitation"("hash");
CREATE INDEX "Invitation_tenantId_createdAt_idx" ON "Invitation"("tenantId", "createdAt");
CREATE TABLE "new_PaymentMethod" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("tenantId", "id"),
    CONSTRAINT "PaymentMethod_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_PaymentMethod" ("createdAt", "environment", "id", "label", "tenantId") SELECT "createdAt", "environment", "id", "label", "tenantId" FROM "PaymentMethod";
DROP TABLE "PaymentMethod";
ALTER TABLE "new_PaymentMethod" RENAME TO "PaymentMethod";
CREATE INDEX "PaymentMethod_tenantId_environment_createdAt_idx" ON "PaymentMethod"("tenantId", "environment", "createdAt");
CREATE TABLE "new_TrustAnchor" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "certificate" BLOB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("tenantId", "id"),
    CONSTRAINT "TrustAnchor_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_TrustAnchor" ("certificate", "createdAt", "fingerprint", "id", "name", "tenantId") SELECT "certificate", "createdAt", "fingerprint", "id", "name", "tenantId" FROM "TrustAnchor";
DROP TABLE "TrustAnchor";
ALTER TABLE "new_TrustAnchor" RENAME TO "TrustAnchor";
CREATE UNIQUE INDEX "TrustAnchor_tenantId_fingerprint_key" ON "TrustAnchor"("tenantId", "fingerprint");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
