package org.sekisho.gateway.audit;

final class InMemoryAuditLogTest extends AuditLogContract {
    @Override
    AuditLog openLog() {
        return new InMemoryAuditLog(Samples.NOON);
    }
}
