-- Events that are kept already stay as they are: of whom they are about, nothing was written then.
ALTER TABLE "AuditEvent" ADD COLUMN "userId" TEXT;
ALTER TABLE "AuditEvent" ADD COLUMN "username" TEXT;

-- What happened to one user.
CREATE INDEX "AuditEvent_user_idx" ON "AuditEvent"("tenantId", "userId", "id") WHERE "userId" IS NOT NULL;

-- All but sign-ins: those are so many that whoever looks for anything else would read through them for it.
CREATE INDEX "AuditEvent_but_sign_ins_idx" ON "AuditEvent"("tenantId", "id")
WHERE "action" <> 'user.signed_in' AND "action" <> 'user.sign_in_refused';
