package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image while its layers are laid over one another: names and what is known of them, no bytes, and nothing
 * on the disk. A link is never followed: a name that leads through one is refused. Whiteouts act as the OCI image
 * specification says, on what lower layers brought and on nothing else.
 */
final class ImageTree {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String MARKS = ".wh..wh.";
    private static final int LONGEST_PATH = 1_000;
    private static final int LONGEST_NAME = 255;
    private static final Pattern UNSOUND = Pattern.compile("[\\p{Cc}\\p{Cs}\\uFFFD]");

    private final Node root = new Node(Kind.FOLDER, 0, 0, "", null);
    private int removed;

    enum Kind {
        FILE,
        FOLDER,
        LINK
    }

    /**
     * The bytes of a file, which may have several names.
     *
     * @param layer that brings them, from 0
     * @param entry its number among the entries of that layer, from 0
     */
    record Content(int layer, int entry, long size, String sha256, boolean executable, long seconds) {}

    /** What has a name. */
    static final class Node {
        final Kind kind;
        final String link;
        final @Nullable Content content;
        final Map<String, Node> below;
        private int layer;
        private long seconds;
        private boolean replaces;

        Node(Kind kind, int layer, long seconds, String link, @Nullable Content content) {
            this.kind = kind;
            this.below = kind == Kind.FOLDER ? new TreeMap<>() : Collections.emptyMap();
            this.layer = layer;
            this.seconds = seconds;
            this.link = link;
            this.content = content;
        }

        /** The uppermost layer that says something of it. */
        int layer() {
            return layer;
        }

        /** When it was changed, since 1970. */
        long seconds() {
            return seconds;
        }

        /** Whether a lower layer has something of this name. */
        boolean replaces() {
            return replaces;
        }
    }

    /** Files and links of lower layers that are gone, by a whiteout or because their folder or their name became another. */
    int removed() {
        return removed;
    }

    void folder(int layer, String name, long seconds) throws IOException {
        var path = path(name);
        if (!path.isEmpty() && !isWhiteout(layer, path)) {
            var parent = parent(layer, path);
            var there = parent.below.get(last(path));
            if (there != null && there.kind == Kind.FOLDER) {
                there.replaces |= there.layer < layer;
                there.layer = layer;
                there.seconds = seconds;
            } else {
                put(parent, path, new Node(Kind.FOLDER, layer, seconds, "", null));
            }
        }
    }

    void file(String name, Content content) throws IOException {
        var path = below(name);
        if (!isWhiteout(content.layer(), path)) {
            put(
                    parent(content.layer(), path),
                    path,
                    new Node(Kind.FILE, content.layer(), content.seconds(), "", content));
        }
    }

    /** A symbolic link, kept as it is: where it leads is the business of whoever is inside. */
    void link(int layer, String name, String target) throws IOException {
        var path = below(name);
        if (target.isEmpty()
                || target.length() > LONGEST_PATH
                || UNSOUND.matcher(target).find()) {
            throw unsound("リンク先が正しくありません", "the target of a link is not sound", path);
        }
        if (!isWhiteout(layer, path)) {
            put(parent(layer, path), path, new Node(Kind.LINK, layer, 0, target, null));
        }
    }

    /** One more name for what has a name already. */
    void again(int layer, String name, String target) throws IOException {
        var path = below(name);
        if (isWhiteout(layer, path)) {
            return;
        }
        var named = find(path(target.startsWith("/") ? target.substring(1) : target));
        if (named == null || named.kind == Kind.FOLDER) {
            throw unsound("ハードリンクの先がイメージの中のファイルではありません", "a hard link names no file of the image", path);
        }
        put(parent(layer, path), path, new Node(named.kind, layer, named.seconds, named.link, named.content));
    }

    /** A folder that has to be there, itself and not by a link; made where it is not. */
    void require(String path) throws IOException {
        var _ = parent(0, path + "/");
    }

    @Nullable
    Node find(String path) {
        @Nullable Node at = root;
        for (var name : path.split("/")) {
            at = at == null ? null : at.below.get(name);
        }
        return at;
    }

    /** Everything but the root, in the order of names, folders before what is in them. */
    void each(BiConsumer<String, Node> reader) {
        each("", root, reader);
    }

    private static void each(String prefix, Node folder, BiConsumer<String, Node> reader) {
        folder.below.forEach((name, node) -> {
            reader.accept(prefix + name, node);
            each(prefix + name + "/", node, reader);
        });
    }

    private boolean isWhiteout(int layer, String path) throws IOException {
        var name = last(path);
        if (!name.startsWith(WHITEOUT)) {
            return false;
        }
        var folder = path.equals(name) ? root : existing(path.substring(0, path.length() - name.length() - 1));
        if (name.startsWith(MARKS)) {
            if (name.equals(OPAQUE) && folder != null) {
                folder.below.values().removeIf(node -> prune(node, layer));
            }
            return true;
        }
        var gone = name.substring(WHITEOUT.length());
        if (gone.isEmpty() || gone.equals(".") || gone.equals("..")) {
            throw unsound("削除の印が正しくありません", "a whiteout is not sound", path);
        }
        var node = folder == null ? null : folder.below.get(gone);
        if (folder != null && node != null && prune(node, layer)) {
            folder.below.remove(gone);
        }
        return true;
    }

    /** Takes away what layers below this one brought; answers whether nothing is left. */
    private boolean prune(Node node, int layer) {
        node.below.values().removeIf(child -> prune(child, layer));
        var gone = node.layer < layer && node.below.isEmpty();
        if (gone && node.kind != Kind.FOLDER) {
            removed++;
        }
        return gone;
    }

    /** With a folder goes what is in it; a file that becomes a folder is gone as well. */
    private void put(Node parent, String path, Node node) {
        var before = parent.below.put(last(path), node);
        if (before != null) {
            node.replaces = before.replaces || before.layer < node.layer;
            if (before.kind == Kind.FOLDER) {
                prune(before, node.layer);
            } else if (node.kind == Kind.FOLDER && node.replaces) {
                removed++;
            }
        }
    }

    private Node parent(int layer, String path) throws IOException {
        var at = root;
        var end = path.lastIndexOf('/');
        for (var name : end < 0 ? new String[0] : path.substring(0, end).split("/")) {
            var next = at.below.computeIfAbsent(name, missing -> new Node(Kind.FOLDER, layer, 0, "", null));
            at = enter(next, path);
        }
        return at;
    }

    private @Nullable Node existing(String path) throws IOException {
        @Nullable Node at = root;
        for (var name : path.split("/")) {
            var next = at.below.get(name);
            if (next == null) {
                return null;
            }
            at = enter(next, path);
        }
        return at;
    }

    private static Node enter(Node node, String path) throws IOException {
        return switch (node.kind) {
            case FOLDER -> node;
            case LINK ->
                throw unsound(
                        "リンクを通る名前です。リンクを通しては書き込みません",
                        "a name leads through a link, and nothing is written through links",
                        path);
            case FILE -> throw unsound("ファイルをフォルダーとして使う名前です", "a name uses a file as a folder", path);
        };
    }

    /** The name of what is no folder, and so cannot be the root. */
    private static String below(String name) throws IOException {
        var path = path(name);
        if (path.isEmpty()) {
            throw unsound("フォルダーではないのにルートの名前です", "what is no folder has the name of the root", name);
        }
        return path;
    }

    /** The name as it counts inside: {@code ./usr/bin/} is {@code usr/bin}, and the root is empty. */
    private static String path(String name) throws IOException {
        var path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.equals(".") || (path.isEmpty() && !name.startsWith("/"))) {
            return "";
        }
        if (path.startsWith("/")) {
            throw unsound("絶対パスは扱えません", "an absolute path is not taken", path);
        }
        if (path.length() > LONGEST_PATH || UNSOUND.matcher(path).find()) {
            throw unsound("名前が長すぎるか、読めない文字を含みます", "a name is too long, or has characters that are none", path);
        }
        for (var part : path.split("/", -1)) {
            if (part.isEmpty()
                    || part.equals(".")
                    || part.equals("..")
                    || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                throw unsound("名前が正しくありません", "a name is not sound", path);
            }
        }
        return path;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Unsound unsound(String ja, String en, String path) {
        return new Unsound(ja + "：" + Names.visible(path), en + ": " + Names.visible(path));
    }
}
