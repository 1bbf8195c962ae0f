-- Ceremonies on the sign-in's own pages, by the hour: no key asked for them, so that they are no requests of the API.
CREATE TABLE "PageCeremony" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "hour", "operation", "outcome")
);
