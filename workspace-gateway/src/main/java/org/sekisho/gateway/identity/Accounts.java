package org.sekisho.gateway.identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.identity.IdentityTables.Account;

/** The people who may sign in. */
public final class Accounts {
    static final String DEMO_PASSWORD = "sekisho-demo";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    /** Who acts in the log without being a person; nobody signs in under one of these. */
    private static final Set<String> NOBODY = Set.of(Act.GATEWAY, "policy", "provider", "invitation");

    /**
     * Letters that are blank, beside what is no letter at all, and what chooses how the letter before it looks, where it
     * rarely does. Variants of ideographs, as old names are written with them (from U+E0100 on), are none of these
     * behind an ideograph, where they are seen.
     */
    private static final String BLANK =
            "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0";
    /** With any of them two people could bear names that look the same. */
    static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}" + BLANK + "]|(?<!\\p{IsHan})[\uDB40\uDD00-\uDB40\uDDEF]");

    private static final int SHORTEST = 12;
    /** Of a password, in UTF-16 units: a longer one is nobody's. */
    public static final int LONGEST = 256;

    private static final Duration DEMO_TRAINED = Duration.ofDays(730);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final IdentityTables tables;
    private final Invitations invitations;
    private final Trainings trainings;
    private final Factors factors;
    private final Hashing hashing;
    private final InstantSource time;
    private final Consumer<String> endSessions;

    Accounts(
            IdentityTables tables,
            Invitations invitations,
            Trainings trainings,
            Factors factors,
            Hashing hashing,
            InstantSource time,
            Consumer<String> endSessions) {
        this.tables = tables;
        this.invitations = invitations;
        this.trainings = trainings;
        this.factors = factors;
        this.hashing = hashing;
        this.time = time;
        this.endSessions = endSessions;
    }

    /** Whether it is of a-z, 0-9, dot, underscore and hyphen, at most 64, and not what the log calls a machine. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !NOBODY.contains(name);
    }

    /** Whether everything of it can be seen. */
    public static boolean isDisplayName(String name) {
        return !name.isBlank() && !UNSEEN.matcher(name).find();
    }

    /**
     * An account without a role and without a password; {@link #invite} gives the person a way to one.
     *
     * @return empty when the name is taken
     */
    public Optional<User> create(String name, String displayName) {
        var user = new User(id(), name, displayName, Set.of());
        return tables.insert(user, Hashing.nobody(), time.instant()) ? Optional.of(user) : Optional.empty();
    }

    public Optional<Instant> invitedUntil(String id) {
        return invitations.until(id);
    }

    /** Whether somebody was invited and has not come: the way to a first or a new password is still to be gone. */
    public boolean isAwaited(String id) {
        return invitations.isOutstanding(id);
    }

    /** In place of an invitation that was open. */
    public Invitation invite(String id) {
        return invitations.invite(id);
    }

    /** Whether a password may be set with this code. */
    public boolean isInvited(String code) {
        return invitations.stands(code);
    }

    /**
     * Uses an invitation up. Whoever had the account before is out of it: its sessions have ended, and its second factors
     * are gone.
     *
     * @param password 12 to 256 characters
     * @return whose it was; empty for a code that nobody has, was used or is over
     */
    public Optional<User> accept(String code, String password) {
        var account = invitations.accept(code, hash(password));
        account.ifPresent(id -> {
            factors.changed(id);
            endSessions.accept(id);
        });
        return account.flatMap(this::withId);
    }

    public Trainings trainings() {
        return trainings;
    }

    /**
     * @param name lower-case letters, digits and {@code . _ -}, at most 64
     * @param password 12 to 256 characters
     * @throws IllegalArgumentException for a name that is taken or malformed, or a password of another length
     */
    public User create(String name, String displayName, Set<Role> roles, String password) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a name is of a-z, 0-9, dot, underscore and hyphen, and not reserved");
        }
        var user = new User(id(), name, displayName, roles);
        if (!tables.insert(user, hash(password), time.instant())) {
            throw new IllegalArgumentException("the name is taken");
        }
        return user;
    }

    public Optional<User> named(String name) {
        return tables.named(normal(name)).map(Account::user);
    }

    public Optional<User> withId(String id) {
        return tables.withId(id).map(Account::user);
    }

    /** The user, unless suspended. */
    public Optional<User> active(String id) {
        return tables.withId(id).filter(Account::active).map(Account::user);
    }

    /** Ordered by name. */
    public List<User> all() {
        return tables.accounts().stream().map(Account::user).toList();
    }

    /** The ids of those who may sign in. */
    public Set<String> allActive() {
        return tables.accounts().stream()
                .filter(Account::active)
                .map(account -> account.user().id())
                .collect(Collectors.toSet());
    }

    /** Whether this one runs the service, and nobody else does who may sign in and has come. */
    public boolean isLastAdmin(User user) {
        return tables.isLast(user.id(), Role.ADMIN);
    }

    /** Whether this one watches over the service, and nobody else does who may sign in and has come. */
    public boolean isLastSecurity(User user) {
        return tables.isLast(user.id(), Role.SECURITY);
    }

    /**
     * Ends every session of the user.
     *
     * @return false when the one in which this was asked for has ended meanwhile, and nothing has changed
     */
    public boolean changePassword(Session session, String password) {
        var id = session.user().id();
        boolean changed = tables.updatePassword(session.id(), id, hash(password));
        if (changed) {
            endSessions.accept(id);
        }
        return changed;
    }

    /** Ends every session of the user. */
    public void changeRoles(String id, Set<Role> roles) {
        ended(id, tables.updateRoles(id, roles));
    }

    /**
     * Takes roles away, in one step with looking whether they are still those. Ends every session of the user.
     *
     * @param user with the roles as they were read
     * @param left some of them, and not all
     * @return false when the user holds others by now, or nobody would be left who runs the service: nothing has changed
     */
    public boolean takeRoles(User user, Set<Role> left) {
        if (left.equals(user.roles()) || !user.roles().containsAll(left)) {
            throw new IllegalArgumentException("this takes no role away, or gives one");
        }
        boolean taken = tables.takeRoles(user, left);
        if (taken) {
            endSessions.accept(user.id());
        }
        return taken;
    }

    /**
     * The user may not sign in any more. Ends every session of the user. Of two who suspend, the later one counts.
     *
     * @return false when nobody would be left who runs the service, and nothing has changed
     */
    public boolean suspend(String id, String by) {
        return suspend(id, by, true, Set.of(Role.ADMIN));
    }

    /**
     * As {@link #suspend(String, String)}, but a suspension that stands stays that of whoever made it, and somebody is
     * left who watches over the service, to undo this.
     */
    public boolean suspendIfActive(String id, String by) {
        return suspend(id, by, false, Set.of(Role.ADMIN, Role.SECURITY));
    }

    private boolean suspend(String id, String by, boolean over, Set<Role> staying) {
        boolean suspended = tables.suspend(id, by, over, staying);
        if (suspended) {
            endSessions.accept(id);
        }
        return suspended;
    }

    /**
     * The user may sign in again, if it was this one who suspended last.
     *
     * @return false when it was not, and nothing has changed
     */
    public boolean reinstate(String id, String suspendedBy) {
        return tables.reinstate(id, suspendedBy);
    }

    /** Creates the demo accounts that are missing, all with the password {@code sekisho-demo}, and trains them. */
    public void createDemo() {
        for (var person : Demo.PEOPLE) {
            var user = named(person.name())
                    .orElseGet(() -> create(person.name(), person.displayName(), Set.of(person.role()), DEMO_PASSWORD));
            for (var training : Training.values()) {
                trainings.record(user.id(), training, time.instant().plus(DEMO_TRAINED), user.id());
            }
        }
    }

    private void ended(String id, boolean found) {
        endSessions.accept(id);
        if (!found) {
            throw new IllegalArgumentException("there is no such account");
        }
    }

    private PasswordHash hash(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        return hashing.hash(password);
    }

    static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    static String id() {
        var id = new byte[10];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
