-- CreateTable
CREATE TABLE "UsageShard" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "keyId" TEXT COLLATE "C" NOT NULL,
    "operation" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "hour" INTEGER NOT NULL,
    "shard" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,
    "peakPerMinute" INTEGER NOT NULL,
    "peakConcurrent" INTEGER NOT NULL,

    CONSTRAINT "UsageShard_pkey" PRIMARY KEY ("tenantId","environment","hour","operation","keyId","outcome","shard")
);

-- CreateTable
CREATE TABLE "PageShard" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "hour" INTEGER NOT NULL,
    "operation" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "shard" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,

    CONSTRAINT "PageShard_pkey" PRIMARY KEY ("tenantId","environment","hour","operation","outcome","shard")
);

-- CreateTable
CREATE TABLE "UsageMonthShard" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "month" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "shard" INTEGER NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "UsageMonthShard_pkey" PRIMARY KEY ("tenantId","month","hour","shard")
);

-- CreateIndex
CREATE INDEX "UsageShard_hour_idx" ON "UsageShard"("hour");

-- CreateIndex
CREATE INDEX "PageShard_hour_idx" ON "PageShard"("hour");

-- CreateIndex
CREATE INDEX "UsageMonthShard_hour_idx" ON "UsageMonthShard"("hour");
