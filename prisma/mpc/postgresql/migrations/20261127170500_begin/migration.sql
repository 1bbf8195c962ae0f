-- Texts are compared byte by byte, as SQLite does: ranges of beginnings, and what is sorted by id.

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Key" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "sub" TEXT COLLATE "C" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "suite" TEXT COLLATE "C" NOT NULL,
    "threshold" INTEGER NOT NULL,
    "parties" TEXT COLLATE "C" NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "publicPackage" TEXT COLLATE "C" NOT NULL,
    "identityKeys" TEXT COLLATE "C" NOT NULL,
    "share" TEXT COLLATE "C" NOT NULL,
    "approval" TEXT COLLATE "C" NOT NULL,
    "maxPerHour" INTEGER NOT NULL,
    "frozen" BOOLEAN NOT NULL DEFAULT false,
    "frozenByTenant" BOOLEAN NOT NULL DEFAULT false,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "signatures" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastSignedAt" TIMESTAMP(3),

    CONSTRAINT "Key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Signed" (
    "id" TEXT COLLATE "C" NOT NULL,
    "keyId" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Signed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "sub" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "purpose" TEXT COLLATE "C" NOT NULL,
    "keyId" TEXT COLLATE "C",
    "beginHash" TEXT COLLATE "C" NOT NULL,
    "beginAnswer" TEXT COLLATE "C" NOT NULL,
    "finishHash" TEXT COLLATE "C",
    "finishAnswer" TEXT COLLATE "C",
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("tenantId","environment","sub","id")
);

-- CreateTable
CREATE TABLE "UsedApproval" (
    "jti" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "UsedApproval_pkey" PRIMARY KEY ("jti")
);

-- CreateTable
CREATE TABLE "UsageEvent" (
    "id" TEXT COLLATE "C" NOT NULL,
    "event" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "refusedAt" TIMESTAMP(3),
    "refusedFor" TEXT COLLATE "C",

    CONSTRAINT "UsageEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Key_tenantId_environment_sub_createdAt_id_idx" ON "Key"("tenantId", "environment", "sub", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Key_tenantId_environment_createdAt_id_idx" ON "Key"("tenantId", "environment", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Signed_keyId_at_idx" ON "Signed"("keyId", "at");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "UsedApproval_expiresAt_idx" ON "UsedApproval"("expiresAt");

-- CreateIndex
CREATE INDEX "UsageEvent_refusedAt_createdAt_id_idx" ON "UsageEvent"("refusedAt", "createdAt", "id");
