-- Dates are compared as text: those beyond the year 9999, which begin with a plus, come back to its end.
UPDATE "ApiKey" SET "expiresAt" = '9999-12-31T23:59:59.999+00:00' WHERE "expiresAt" LIKE '+%';
UPDATE "ApiKey" SET "plannedExpiresAt" = '9999-12-31T23:59:59.999+00:00' WHERE "plannedExpiresAt" LIKE '+%';
