package org.sekisho.gateway.intake;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing in a file system, held by a descriptor of Linux that names it and nothing else ({@code O_PATH}): opening it
 * neither follows a link, nor waits for the other end of a pipe, nor wakes a device. What was looked at is what is read.
 */
@SuppressWarnings("restricted") // two functions of the C library, with what they take and give
final class Descriptor implements AutoCloseable {
    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_NOFOLLOW = noFollow();
    private static final int TYPE = 0xF000;
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int number;

    private Descriptor(int number) {
        this.number = number;
    }

    /** A directory of ours, where visitors control what lies below; the way to it is ours too. */
    static Optional<Descriptor> of(Path directory) throws IOException {
        return open(directory.toRealPath().toString());
    }

    /** What has this name in this directory; a link is itself, never what it points to. */
    Optional<Descriptor> child(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            return Optional.empty();
        }
        return open(path() + "/" + name);
    }

    /** Where this very thing can be reached as long as it is open, whatever its directory has become. */
    Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    /**
     * The same thing, held open for reading: as long as it is, nobody takes a lease on it, on which whoever opens it
     * would wait for the better part of a minute. Absent where somebody has one already.
     */
    Optional<Descriptor> reading() {
        return open(path().toString(), O_NONBLOCK | O_CLOEXEC);
    }

    boolean isDirectory() throws IOException {
        return type() == DIRECTORY;
    }

    boolean isFile() throws IOException {
        return type() == REGULAR;
    }

    int names() throws IOException {
        return (int) Files.getAttribute(path(), "unix:nlink");
    }

    @Override
    public void close() {
        try {
            var ignored = (int) CLOSE.invokeExact(number);
        } catch (Throwable broken) {
            throw new IllegalStateException(broken);
        }
    }

    private int type() throws IOException {
        return (int) Files.getAttribute(path(), "unix:mode") & TYPE;
    }

    private static Optional<Descriptor> open(String path) {
        return open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    }

    private static Optional<Descriptor> open(String path, int flags) {
        try (var arena = Arena.ofConfined()) {
            var number = (int) OPEN.invokeExact(arena.allocateFrom(path), flags);
            return number < 0 ? Optional.empty() : Optional.of(new Descriptor(number));
        } catch (Throwable broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The one flag of these that ARM numbers otherwise. */
    private static int noFollow() {
        return System.getProperty("os.arch", "").equals("aarch64") ? 0x8000 : 0x20000;
    }
}
