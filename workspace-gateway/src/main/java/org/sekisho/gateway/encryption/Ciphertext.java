package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.engine.catalog.Json;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.tlog.Hashes;

/** Where the files of sealed folders lie, {@code HOME/rest/<project>}, for whoever copies them. Needs no key. */
public final class Ciphertext {
    private static final int LONGEST = 1 << 14;

    private final Path home;

    public Ciphertext(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /** Whether the projects of this home lie as ciphertext. */
    public boolean isThere() {
        return Files.isDirectory(root());
    }

    Path root() {
        return home.resolve("rest");
    }

    Path of(String project) {
        return root().resolve(ProjectFolders.checked(project));
    }

    /** Where it is made; it gets its name once it is whole and its key is kept. */
    Path draft(String project) {
        return root().resolve(".new-" + ProjectFolders.checked(project));
    }

    MountState state(String project) {
        return MountState.of(mountPoint(project), of(project));
    }

    Path mountPoint(String project) {
        return ProjectFolders.in(home).of(project);
    }

    /** Short, since the paths of sockets are. */
    Path socket(String project) {
        var name = Hashes.hex(Hashes.sha256().digest(project.getBytes(StandardCharsets.UTF_8)));
        return home.resolve("run/rest").resolve(name.substring(0, 12));
    }

    public List<String> projects() throws IOException {
        try (var folders = Files.list(root())) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(ProjectFolders::isProject)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Where something in the folder of a project lies, or would.
     *
     * @return nothing when the folder is not mounted: then nobody can write there
     */
    public Optional<Path> of(String project, String path) throws IOException {
        if (state(project) != MountState.ALIVE) {
            return Optional.empty();
        }
        var answer = Json.MAPPER.readTree(ask(socket(project), Map.of("EncryptPath", path)));
        if (answer.path("ErrNo").asInt() != 0 || answer.path("Result").asText().isEmpty()) {
            throw new IOException("gocryptfs does not say where the files of " + project + " lie");
        }
        return Optional.of(of(project).resolve(answer.path("Result").asText()));
    }

    private static byte[] ask(Path socket, Map<String, String> question) throws IOException {
        try (var line = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            line.connect(UnixDomainSocketAddress.of(socket));
            line.write(ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(question)));
            var answer = ByteBuffer.allocate(LONGEST);
            while (answer.hasRemaining() && line.read(answer) >= 0 && answer.get(answer.position() - 1) != '\n') {
                // a line is the whole of it
            }
            var bytes = new byte[answer.flip().remaining()];
            answer.get(bytes);
            return bytes;
        }
    }
}
