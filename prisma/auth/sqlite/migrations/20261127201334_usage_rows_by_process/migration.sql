-- CreateTable
CREATE TABLE "UsageShard" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "shard" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,
    "peakPerMinute" INTEGER NOT NULL,
    "peakConcurrent" INTEGER NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "hour", "operation", "keyId", "outcome", "shard")
);

-- CreateTable
CREATE TABLE "PageShard" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "shard" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "hour", "operation", "outcome", "shard")
);

-- CreateTable
CREATE TABLE "UsageMonthShard" (
    "tenantId" TEXT NOT NULL,
    "month" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "shard" INTEGER NOT NULL,
    "requests" BIGINT NOT NULL,

    PRIMARY KEY ("tenantId", "month", "hour", "shard")
);

-- CreateIndex
CREATE INDEX "UsageShard_hour_idx" ON "UsageShard"("hour");

-- CreateIndex
CREATE INDEX "PageShard_hour_idx" ON "PageShard"("hour");

-- CreateIndex
CREATE INDEX "UsageMonthShard_hour_idx" ON "UsageMonthShard"("hour");
