package org.sekisho.gateway.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a steward sees of a container image besides what is seen of every input.
 *
 * @param digest of its manifest, {@code sha256:} and 64 hexadecimal digits
 * @param files SHA-256 of the list of its files, an {@link ImageListing}
 * @param base name of the image of ours that its lowest layer is; null when that is none of ours
 * @param desktop whether desktops can be started from it
 * @param notebook whether notebooks run in it
 * @param layers from the lowest up
 * @param largest files that were added or replaced, the largest first, 200 at most
 * @param debian packages by their own list, against that of the base
 */
public record ImageReport(
        String digest,
        String files,
        @Nullable String base,
        boolean desktop,
        boolean notebook,
        List<Layer> layers,
        Changes changes,
        List<AddedFile> largest,
        List<PackageChange> debian,
        List<PackageChange> python,
        List<PackageChange> r) {
    public ImageReport {
        layers = List.copyOf(layers);
        largest = List.copyOf(largest);
        debian = List.copyOf(debian);
        python = List.copyOf(python);
        r = List.copyOf(r);
    }

    /**
     * One layer.
     *
     * @param bytes as it was brought
     * @param expandedBytes of its tar
     * @param ours whether it is that of the base
     * @param made the command that made it, as the image says
     */
    public record Layer(
            String digest,
            long bytes,
            long expandedBytes,
            int entries,
            boolean ours,
            @Nullable String made) {}

    /** Against the base: files and links of the layers that are not ours. */
    public record Changes(int added, long addedBytes, int replaced, int removed) {}

    public record AddedFile(String path, long bytes, boolean replaces) {}

    /**
     * @param before null when it is new
     * @param now null when it is gone
     */
    public record PackageChange(
            String name, @Nullable String before, @Nullable String now) {}
}
