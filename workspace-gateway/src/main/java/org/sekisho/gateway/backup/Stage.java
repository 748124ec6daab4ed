package org.sekisho.gateway.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sandbox.Modes;

/**
 * Second names of a home's files, {@code HOME/run/backup}, so that what is replaced or removed while they are copied is
 * still there as it was. Files of a home are written once, replaced whole, or grow at their end.
 */
final class Stage implements AutoCloseable {
    private static final String NAME = "backup";

    private final Path home;
    private final Path stage;

    private Stage(Path home, Path stage) {
        this.home = home;
        this.stage = stage;
    }

    /** Also removes what a killed process left of an earlier one. */
    static Stage in(Path home) throws IOException {
        sweep(home);
        var stage = home.resolve("run").resolve(NAME);
        Files.createDirectories(stage);
        Modes.set(stage, "rwx------");
        return new Stage(home, stage);
    }

    static void sweep(Path home) throws IOException {
        Modes.delete(home.resolve("run").resolve(NAME));
    }

    Path root() {
        return stage;
    }

    /** Everything at and below a place of the home that has no second name yet. */
    void link(Path from, Set<Path> without) throws IOException {
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(second(from).resolveSibling(""));
            Files.walkFileTree(from, new Linking(without));
        }
    }

    private Path second(Path original) {
        return stage.resolve(home.relativize(original));
    }

    private final class Linking extends SimpleFileVisitor<Path> {
        private final Set<Path> without;

        Linking(Set<Path> without) {
            this.without = without;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (without.contains(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(second(folder));
            for (var name : Set.of("unix:mode", "unix:uid", "unix:gid")) {
                Files.setAttribute(second(folder), name, Files.getAttribute(folder, name));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            var second = second(file);
            if (!attributes.isOther() && !without.contains(file) && !Files.exists(second, LinkOption.NOFOLLOW_LINKS)) {
                name(file, second);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        /** Where a file cannot have two names it is copied now. */
        private static void name(Path file, Path second) throws IOException {
            try {
                Files.createLink(second, file);
            } catch (NoSuchFileException gone) {
                // removed since its folder was listed
            } catch (FileSystemException | UnsupportedOperationException no) {
                Files.copy(file, second, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public void close() {
        try {
            sweep(home);
        } catch (IOException e) {
            throw new UncheckedIOException("the second names of a backup cannot be removed", e);
        }
    }
}
