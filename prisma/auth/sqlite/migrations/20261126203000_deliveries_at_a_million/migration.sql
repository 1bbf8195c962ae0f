-- DropIndex
DROP INDEX "WebhookDelivery_endpointId_createdAt_id_idx";

-- DropIndex
DROP INDEX "WebhookDelivery_lease_idx";

-- CreateIndex
CREATE INDEX "WebhookDelivery_endpointId_createdAt_id_status_idx" ON "WebhookDelivery"("endpointId", "createdAt", "id", "status");


-- Of what is due some time, with its endpoint; of what is under way; and of what failed and waits for its next attempt.
DROP INDEX "WebhookDelivery_due_idx";
CREATE INDEX "WebhookDelivery_due_idx" ON "WebhookDelivery"("dueAt", "endpointId") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "WebhookDelivery_under_way_idx" ON "WebhookDelivery"("lease") WHERE "lease" IS NOT NULL;
CREATE INDEX "WebhookDelivery_waiting_idx" ON "WebhookDelivery"("endpointId", "createdAt") WHERE "dueAt" IS NOT NULL AND "attempts" > 0;
CREATE INDEX "WebhookDelivery_begun_idx" ON "WebhookDelivery"("endpointId", "scheduledAt") WHERE "dueAt" IS NOT NULL AND "attempts" > 0;
