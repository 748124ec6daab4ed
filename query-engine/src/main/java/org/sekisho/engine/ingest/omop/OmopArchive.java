package org.sekisho.engine.ingest.omop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.sekisho.engine.ingest.source.SourceBytes;

/** The CSV files in a zip archive; what operating systems add of their own is passed over. */
final class OmopArchive {
    private static final int LARGEST = 1 << 30;

    private OmopArchive() {}

    static boolean isOne(SourceBytes file) {
        return file.name().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /** Empty where the archive cannot be read to its end, or unpacks to more than 1 GiB. */
    static Optional<List<SourceBytes>> unpack(SourceBytes archive) {
        var files = new ArrayList<SourceBytes>();
        var left = LARGEST;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive.content()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                var own = name.startsWith("__MACOSX/")
                        || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
                if (entry.isDirectory() || own) {
                    continue;
                }
                var content = zip.readNBytes(left);
                left -= content.length;
                if (left == 0) {
                    return Optional.empty();
                }
                files.add(new SourceBytes(archive.name() + "/" + name, content));
            }
            return files.isEmpty() ? Optional.empty() : Optional.of(files);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
