package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.tlog.Reference;
import org.sekisho.gateway.audit.verify.Json;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * Who stands behind the references of the log. Each person has a random key of their own; from it come the reference
 * that entries carry and the seal of the name. Sealed names lie in one file beside the log and may be copied with it;
 * the keys lie one to a file elsewhere. A name is believed of the reference that its key gives it, and stands in the file
 * once. Without its key neither the name can be opened nor a guess of it confirmed, and
 * no entry changes: that is how a person is erased.
 */
final class Persons implements AutoCloseable {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;

    private record Person(String name, String reference, Path keyFile) {}

    private final Path keys;
    private final Disk.AppendFile names;
    private final SecureRandom random = new SecureRandom();
    private boolean broken;
    private int registered;
    private int keyless;
    private final Map<String, Person> byName = new ConcurrentHashMap<>();
    private final Map<String, Person> byReference = new ConcurrentHashMap<>();

    /**
     * @param sealed file of the sealed names
     * @param keys folder of the keys
     */
    Persons(Path sealed, Path keys, Disk disk) throws IOException {
        this.keys = keys;
        PrivateFiles.makeFolder(keys);
        long whole = Files.exists(sealed) ? read(sealed, keys, this::register) : 0;
        names = disk.open(sealed);
        names.truncate(whole);
    }

    /** For whoever only reads: names by their references, of those whose key is there. */
    static Map<String, String> read(Path sealed, Path keys) throws IOException {
        var names = new HashMap<String, String>();
        if (Files.exists(sealed)) {
            read(sealed, keys, found -> found.ifPresent(person -> names.put(person.reference(), person.name())));
        }
        return names;
    }

    /** Each line of the register, empty where its key is gone. */
    private static long read(Path sealed, Path keys, Consumer<Optional<Person>> found) throws IOException {
        long whole = 0;
        var seen = new HashSet<String>();
        try (var lines = new SegmentLines(sealed, 0)) {
            while (lines.next() && lines.complete()) {
                var person = open(new String(lines.line(), StandardCharsets.UTF_8), keys);
                person.ifPresent(one -> mustBeNew(one, seen));
                found.accept(person);
                whole = lines.end();
            }
        }
        return whole;
    }

    private static Optional<Person> open(String line, Path keys) throws IOException {
        var said = said(line);
        var reference = String.valueOf(said.get("reference"));
        if (!Reference.is(reference)) {
            throw new LogUnavailable("the register of persons does not hold: it has what is no reference");
        }
        var file = keyFile(keys, reference);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        var key = Files.readAllBytes(file);
        if (Arrays.equals(key, new byte[key.length])) {
            return Optional.empty(); // it was being erased when the machine stopped
        }
        var name = unseal(key, reference, String.valueOf(said.get("sealed")));
        if (!Reference.of(derived(key, "reference"), name).equals(reference)) {
            throw doesNotHold(reference, null);
        }
        return Optional.of(new Person(name, reference, file));
    }

    private static void mustBeNew(Person person, Set<String> seen) {
        if (!seen.add(person.name()) || !seen.add(person.reference())) {
            throw doesNotHold(person.reference(), null);
        }
    }

    private static LogUnavailable doesNotHold(String reference, @Nullable Exception changed) {
        return new LogUnavailable("the register of persons does not hold at " + reference, changed);
    }

    private static Map<String, Object> said(String line) {
        try {
            return Json.object(line);
        } catch (IllegalArgumentException garbled) {
            throw new LogUnavailable(
                    "the register of persons does not hold: it has a line that is not its own", garbled);
        }
    }

    private void register(Optional<Person> found) {
        registered++;
        keyless += found.isEmpty() ? 1 : 0;
        found.ifPresent(this::add);
    }

    private void add(Person person) {
        byName.put(person.name(), person);
        byReference.put(person.reference(), person);
    }

    /** Of a person that is met for the first time, it is on the disk before this returns. */
    String reference(String name) throws IOException {
        var person = byName.get(name);
        return person == null ? meet(name) : person.reference();
    }

    private synchronized String meet(String name) throws IOException {
        var met = byName.get(name);
        if (met != null) {
            return met.reference();
        }
        if (broken) {
            throw new IOException("it could not be written before");
        }
        broken = true;
        var person = write(name);
        broken = false;
        add(person);
        return person.reference();
    }

    /** What is on the disk after this has failed is unknown, so nothing is written after that. */
    private Person write(String name) throws IOException {
        var key = new byte[KEY];
        random.nextBytes(key);
        var reference = Reference.of(derived(key, "reference"), name);
        var file = keyFile(keys, reference);
        PrivateFiles.replace(file, key);
        var line = CanonicalJson.bytes(Map.of("reference", reference, "sealed", seal(key, reference, name)));
        names.append(
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip());
        names.force();
        return new Person(name, reference, file);
    }

    /** Empty for somebody that the log does not know. */
    Optional<String> known(String name) {
        return Optional.ofNullable(byName.get(name)).map(Person::reference);
    }

    /** How many people it had when it was opened, erased ones too. */
    int registered() {
        return registered;
    }

    /** Of how many of them the key was gone: they were erased, or somebody took it away. */
    int keyless() {
        return keyless;
    }

    /** The reference itself when nobody stands behind it any more. */
    String name(String reference) {
        var person = byReference.get(reference);
        return person == null ? reference : person.name();
    }

    /**
     * Who stands behind a reference.
     *
     * @param key that shows whose reference it is
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares it or changes it
    record Named(String name, byte[] key) {}

    /** Empty when nobody does any more. */
    Optional<Named> named(String reference) {
        return Optional.ofNullable(byReference.get(reference))
                .map(person -> new Named(person.name(), opening(person.keyFile())));
    }

    static byte[] opening(Path keyFile) {
        try {
            return derived(Files.readAllBytes(keyFile), "reference");
        } catch (IOException e) {
            throw new UncheckedIOException("a person's key cannot be read", e);
        }
    }

    static Path keyFile(Path keys, String reference) {
        return keys.resolve(reference.substring(Reference.PREFIX.length()) + ".key");
    }

    /**
     * For good: the key is overwritten, deleted, and the deletion durable when this returns. When it throws, the person
     * is still known and can be erased again.
     */
    synchronized boolean erase(String name) throws IOException {
        var person = byName.get(name);
        if (person == null) {
            return false;
        }
        PrivateFiles.erase(person.keyFile());
        byName.remove(name);
        byReference.remove(person.reference());
        return true;
    }

    /** As the entry is written: nobody is named in clear, whether they have acted before or not. */
    Act hidden(Act act) throws IOException {
        var detail = new TreeMap<>(act.detail());
        for (var key : Act.PERSONS) {
            var name = detail.get(key);
            if (name != null) {
                detail.put(key, hidden(name));
            }
        }
        return new Act(hidden(act.actor()), act.action(), act.project(), act.object(), detail);
    }

    /** A reference is one already: of somebody who was erased meanwhile, or asked for by it. */
    private String hidden(String name) throws IOException {
        return Act.isPerson(name) && !name.isEmpty() && !Reference.is(name) ? reference(name) : name;
    }

    /** As the entry is read. */
    Entry shown(Entry entry) {
        return shown(entry, this::name);
    }

    static Entry shown(Entry entry, UnaryOperator<String> names) {
        return new Entry(
                entry.index(),
                entry.time(),
                names.apply(entry.actor()),
                entry.action(),
                entry.phase(),
                entry.result(),
                entry.project(),
                entry.object(),
                entry.intent(),
                details(entry.detail(), names));
    }

    private static Map<String, String> details(Map<String, String> detail, UnaryOperator<String> change) {
        if (detail.keySet().stream().noneMatch(Act.PERSONS::contains)) {
            return detail;
        }
        var changed = new TreeMap<>(detail);
        Act.PERSONS.forEach(key -> changed.computeIfPresent(key, (_, value) -> change.apply(value)));
        return Map.copyOf(changed);
    }

    private String seal(byte[] key, String reference, String name) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, reference);
        try {
            var sealed = cipher.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a name can always be sealed", e);
        }
    }

    private static String unseal(byte[] key, String reference, String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            var cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE), reference);
            return new String(cipher.doFinal(bytes, NONCE, bytes.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException changed) {
            throw doesNotHold(reference, changed);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String reference) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(derived(key, "name"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(reference.getBytes(StandardCharsets.UTF_8));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static byte[] derived(byte[] key, String use) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(use.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    @Override
    public void close() {
        try {
            names.close();
        } catch (IOException alreadySynced) {
            // every name in it was synced when it was written
        }
    }
}
