-- AlterTable
ALTER TABLE "Passkey" ADD COLUMN "attestationSource" TEXT;
ALTER TABLE "Passkey" ADD COLUMN "attestationRoot" TEXT;
ALTER TABLE "Passkey" ADD COLUMN "attestationStatus" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Passkey" ADD COLUMN "attestationDescription" TEXT;

-- CreateTable
CREATE TABLE "AttestationPolicy" (
    "tenantId" TEXT NOT NULL PRIMARY KEY,
    "policy" TEXT NOT NULL,
    "allowedAaguids" TEXT NOT NULL,
    CONSTRAINT "AttestationPolicy_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TrustAnchor" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "certificate" BLOB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "TrustAnchor_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "TrustAnchor_tenantId_fingerprint_key" ON "TrustAnchor"("tenantId", "fingerprint");
