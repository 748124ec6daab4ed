package org.sekisho.gateway.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How somebody comes by a first password, or by a new one: with a code, for one use, within a week. */
final class Invitations {
    static final Duration VALID = Duration.ofDays(7);
    /** Marks of invitations belong to no account: the code alone says whose it is. */
    private static final String CONTEXT = "invitation";

    private final PeopleTables tables;
    private final FactorKey key;
    private final InstantSource time;

    Invitations(PeopleTables tables, FactorKey key, InstantSource time) {
        this.tables = tables;
        this.key = key;
        this.time = time;
    }

    Invitation fresh() {
        return new Invitation(RecoveryCodes.fresh().getFirst(), time.instant().plus(VALID));
    }

    String mark(String code) {
        return key.mark(RecoveryCodes.normal(code), CONTEXT);
    }

    Invitation invite(String account) {
        var invitation = fresh();
        tables.invite(account, mark(invitation.code()), invitation.until());
        return invitation;
    }

    /** Until when somebody is invited who has not come yet. */
    Optional<Instant> until(String account) {
        return tables.invitedUntil(account).filter(time.instant()::isBefore);
    }

    /** Whether there is one that was not used, be it over. */
    boolean isOutstanding(String account) {
        return tables.invitedUntil(account).isPresent();
    }

    boolean stands(String code) {
        return tables.stands(mark(code), time.instant());
    }

    /** The account, which has the password from now on; empty for a code that nobody has, was used, or is over. */
    Optional<String> accept(String code, PasswordHash password) {
        return tables.accept(mark(code), password, time.instant());
    }
}
