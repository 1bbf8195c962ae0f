-- CreateTable
CREATE TABLE "LogLot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "began" BIGINT NOT NULL,
    "requests" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "rows" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "LogSize" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "requests" BIGINT NOT NULL,

    PRIMARY KEY ("tenantId", "environment")
);

-- CreateIndex
CREATE INDEX "LogLot_tenantId_environment_at_id_idx" ON "LogLot"("tenantId", "environment", "at", "id");
