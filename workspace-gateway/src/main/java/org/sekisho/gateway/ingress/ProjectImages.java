package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.workspace.BroughtImage;
import org.sekisho.gateway.workspace.BroughtImages;
import org.sekisho.gateway.workspace.Images;

/**
 * Container images from the quarantine to the workspaces of their project. What is delivered is looked at each time
 * something is to be started from it; an image whose files have changed is withdrawn for good.
 */
public final class ProjectImages implements BroughtImages {
    private static final int EXPANDED = 3;

    private final ImageRoots roots;
    private final Inputs inputs;
    private final Images ours;
    private final Limits limits;
    private final AuditLog log;

    /** @param ours images that this gateway builds */
    public ProjectImages(Path home, Inputs inputs, Images ours, Limits limits, AuditLog log) {
        this.roots = new ImageRoots(home);
        this.inputs = inputs;
        this.ours = ours;
        this.limits = limits;
        this.log = log;
    }

    /** Why an image of this name will not do, before a byte of it has come. */
    Optional<Obstacle> obstacle(String file, List<String> permitted) {
        var name = ImageName.ofFile(file).orElseThrow();
        if (ours.all().stream().anyMatch(image -> image.name().equals(name.words()))) {
            return Optional.of(Obstacle.NAME_OF_OURS);
        }
        return name.software().isPermittedBy(permitted) ? Optional.empty() : Optional.of(Obstacle.NOT_PERMITTED);
    }

    /** @param listing receives the list of its files, where it could be read to its end */
    Findings inspect(Path content, String file, List<String> permitted, Path listing) throws IOException {
        var findings = new Findings(bounds(content));
        var magic = Magic.of(content);
        findings.type(magic.word());
        ImageName.ofFile(file).ifPresent(name -> {
            findings.software(name.software());
            if (!name.software().isPermittedBy(permitted)) {
                findings.add(Wheel.notPermitted(name.software()));
            }
        });
        ImageInspection.begin(content, magic, ours::named, listing, findings);
        return findings;
    }

    private Bounds bounds(Path content) throws IOException {
        return ImageInspection.bounds(content, EXPANDED * limits.imageBytes());
    }

    /** By its files, of those layers that are not ours. */
    Scan scan(Scanner scanner, Path content, Findings findings, Path listing) throws IOException {
        var image = findings.report(new Scan(Scan.State.ABSENT, null, null)).image();
        if (!scanner.isPresent()) {
            return scanner.scan(content);
        }
        if (image == null || findings.refuses()) {
            return new Scan(Scan.State.FAILED, null, "refused before it was scanned");
        }
        var folder = listing.resolveSibling("scan");
        Modes.delete(folder);
        try {
            if (roots.spareBytes() - image.changes().addedBytes() < limits.spareBytes()) {
                return new Scan(Scan.State.FAILED, null, "no room to unpack it");
            }
            var lines = ImageListing.read(listing, image.files());
            ImageUnpacking.bytesOf(content, lines, image.base() == null ? 0 : 1, bounds(content), folder);
            return scanner.scan(folder);
        } finally {
            Modes.delete(folder);
        }
    }

    /** Unpacks it where it is found from now on. */
    Delivery.Result.Delivered deliver(Input input, Path content, Path listing) throws IOException {
        var image = image(input);
        var expanded = Objects.requireNonNull(input.report()).expandedBytes();
        if (roots.spareBytes() - expanded < limits.spareBytes()) {
            throw new IOException("there is no room to unpack an image of " + expanded + " bytes");
        }
        roots.put(input.id(), image, content, listing, bounds(content));
        return new Delivery.Result.Delivered(
                image.changes().added() + image.changes().replaced(), image.files());
    }

    /** Compares every byte: what differs, 20 names at most. */
    List<String> verify(Input input) {
        var differences = roots.verify(image(input));
        if (!differences.isEmpty()) {
            withdraw(input);
        }
        return differences;
    }

    @Override
    public List<BroughtImage> of(Permit permit) {
        return permitted(permit)
                .map(ProjectImages::brought)
                .sorted(Comparator.comparing(BroughtImage::name))
                .toList();
    }

    @Override
    public Found find(Permit permit, String name) {
        var input = permitted(permit)
                .filter(each -> brought(each).name().equals(name))
                .findFirst();
        if (input.isEmpty()) {
            return new Found.Absent();
        }
        if (!roots.look(image(input.get())).isEmpty()) {
            withdraw(input.get());
            return new Found.Changed();
        }
        return new Found.Ready(brought(input.get()), roots.root(image(input.get())));
    }

    private Stream<Input> permitted(Permit permit) {
        return inputs.living(permit.project()).stream()
                .filter(input -> input.kind() == InputKind.CONTAINER_IMAGE && input.state() == InputState.DELIVERED)
                .filter(input ->
                        name(input).software().isPermittedBy(permit.visiting().software()));
    }

    /** Nothing is ever put where an accepted image was: it has to be brought in again. */
    private void withdraw(Input input) {
        log.record(
                new Act(
                        "sekisho",
                        "input.changed",
                        input.project(),
                        input.id(),
                        Map.of("digest", image(input).digest())),
                Result.FAILED);
        var _ = inputs.end(input.id(), InputState.DELIVERED, InputState.REFUSED, "files-changed");
    }

    /** Before anything is started: removes what no living image is unpacked as. */
    void sweep() {
        roots.sweep(Stream.of(InputState.ACCEPTED, InputState.DELIVERED)
                .flatMap(state -> inputs.in(state).stream())
                .filter(input -> input.kind() == InputKind.CONTAINER_IMAGE)
                .map(input -> image(input).digest())
                .collect(Collectors.toSet()));
    }

    private static BroughtImage brought(Input input) {
        var image = image(input);
        return new BroughtImage(
                name(input).words(),
                image.digest(),
                input.id(),
                image.desktop(),
                image.notebook(),
                Objects.requireNonNull(input.delivered()));
    }

    private static ImageName name(Input input) {
        return ImageName.ofFile(input.name()).orElseThrow();
    }

    private static ImageReport image(Input input) {
        return Objects.requireNonNull(Objects.requireNonNull(input.report()).image());
    }
}
