package org.sekisho.engine.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which system calls are answered; every other one fails with EPERM, and calls of another architecture kill. Names are in
 * {@code calls.txt} (an engine worker) and {@code calls-visitor.txt} (what a desktop needs besides); calls whose
 * arguments matter are here.
 */
public final class Seccomp {
    private static final String ALLOW = "SCMP_ACT_ALLOW";
    private static final long UNIX = 1;
    private static final List<Long> INTERNET = List.of(2L, 10L);
    private static final long STREAM = 1;
    private static final long DATAGRAM = 2;
    private static final long TYPE = 0xf;
    private static final long TCP = 6;
    private static final long UDP = 17;
    private static final long NO_NEW_NAMESPACE = 0x7E02_0000L;
    private static final long WORD = 0xffff_ffffL;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;
    private static final long NETLINK = 16;
    private static final long TERMINAL = 0x54;

    /** Of a terminal: settings, job control, sizes; not TIOCSTI (types for others), TIOCLINUX, TIOCCONS, TIOCSETD. */
    private static final List<Long> TERMINAL_CALLS = List.of(
            0x5401L, 0x5402L, 0x5403L, 0x5404L, 0x5405L, 0x5406L, 0x5407L, 0x5408L, 0x5409L, 0x540aL, 0x540bL, 0x540cL,
            0x540dL, 0x540eL, 0x540fL, 0x5410L, 0x5411L, 0x5413L, 0x5414L, 0x5415L, 0x541bL, 0x5420L, 0x5421L, 0x5422L,
            0x5425L, 0x5427L, 0x5428L, 0x5429L, 0x5441L, 0x5450L, 0x5451L, 0x5452L, 0x5460L);

    private Seccomp() {}

    /** UNIX sockets only. */
    public static Map<String, Object> worker() {
        var calls = common();
        calls.add(allow("socket", equal(0, UNIX)));
        return profile(List.of("calls.txt"), calls);
    }

    /** UNIX sockets, and TCP and UDP for the loopback of an own network namespace. */
    public static Map<String, Object> visitor() {
        var calls = common();
        calls.add(allow("socket", equal(0, UNIX)));
        for (var family : INTERNET) {
            for (var protocol : List.of(0L, TCP)) {
                calls.add(allow("socket", equal(0, family), masked(1, TYPE, STREAM), equal(2, protocol)));
            }
            for (var protocol : List.of(0L, UDP)) {
                calls.add(allow("socket", equal(0, family), masked(1, TYPE, DATAGRAM), equal(2, protocol)));
            }
        }
        // ZeroMQ, which kernels of notebooks speak with, looks for interfaces and goes on without them only after this
        // error
        calls.add(Map.of(
                "names",
                List.of("socket"),
                "action",
                "SCMP_ACT_ERRNO",
                "errnoRet",
                EOPNOTSUPP,
                "args",
                List.of(equal(0, NETLINK))));
        calls.add(allow("personality", equal(0, 0)));
        return profile(List.of("calls.txt", "calls-visitor.txt"), calls);
    }

    private static List<Map<String, Object>> common() {
        var calls = new ArrayList<Map<String, Object>>();
        calls.add(allow("socketpair", equal(0, UNIX)));
        calls.add(allow("clone", masked(0, NO_NEW_NAMESPACE, 0)));
        // its flags are in memory, where a filter cannot look: the C library falls back to clone
        calls.add(Map.of("names", List.of("clone3"), "action", "SCMP_ACT_ERRNO", "errnoRet", ENOSYS));
        calls.add(allow("personality", equal(0, WORD)));
        ioctl(calls);
        return calls;
    }

    /** By its lower 32 bits, since the kernel looks at no others: whatever is no plain terminal call, and those listed. */
    private static void ioctl(List<Map<String, Object>> calls) {
        for (int bit = 0; bit < 8; bit++) {
            var mask = 1L << (8 + bit);
            var theirs = (TERMINAL << 8) & mask;
            calls.add(allow("ioctl", masked(1, mask, theirs ^ mask)));
        }
        for (int bit = 16; bit < 32; bit++) {
            calls.add(allow("ioctl", masked(1, 1L << bit, 1L << bit)));
        }
        for (var call : TERMINAL_CALLS) {
            calls.add(allow("ioctl", masked(1, WORD, call)));
        }
    }

    private static Map<String, Object> profile(List<String> lists, List<Map<String, Object>> special) {
        var names =
                lists.stream().flatMap(list -> names(list).stream()).distinct().toList();
        var calls = new ArrayList<Map<String, Object>>();
        calls.add(Map.of("names", names, "action", ALLOW));
        calls.addAll(special);
        var profile = new LinkedHashMap<String, Object>();
        profile.put("defaultAction", "SCMP_ACT_ERRNO");
        profile.put("defaultErrnoRet", 1);
        profile.put("architectures", List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"));
        profile.put("syscalls", calls);
        return profile;
    }

    private static List<String> names(String list) {
        try (InputStream text = Objects.requireNonNull(Seccomp.class.getResourceAsStream(list))) {
            return List.of(new String(text.readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> allow(String name, Condition... arguments) {
        return Map.of("names", List.of(name), "action", ALLOW, "args", List.of(arguments));
    }

    /** Of one argument, in the words of the specification. */
    private record Condition(int index, long value, long valueTwo, String op) {}

    private static Condition equal(int index, long value) {
        return new Condition(index, value, 0, "SCMP_CMP_EQ");
    }

    private static Condition masked(int index, long mask, long value) {
        return new Condition(index, mask, value, "SCMP_CMP_MASKED_EQ");
    }
}
