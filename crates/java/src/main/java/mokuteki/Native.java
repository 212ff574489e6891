package mokuteki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** The methods of {@code glue.c}. */
final class Native {
    /** The version of the interface that this was written for. */
    private static final int ABI = 1;

    static {
        load();
        if (abi() < ABI) {
            throw new UnsatisfiedLinkError("mokuteki: the library is older than the jar");
        }
    }

    private Native() {}

    /** The library lies in the jar, by the machine; {@code -Dmokuteki.library=FILE} takes another. */
    private static void load() {
        String file = System.getProperty("mokuteki.library");
        if (file != null) {
            System.load(file);
            return;
        }
        String machine = System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-" + System.getProperty("os.arch");
        String name = "/mokuteki/" + machine + "/libmokuteki_jni.so";
        try (InputStream library = Native.class.getResourceAsStream(name)) {
            if (library == null) {
                throw new UnsatisfiedLinkError("mokuteki: the jar has no library for " + machine);
            }
            Path copy = Files.createTempFile("libmokuteki_jni", ".so");
            try {
                Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
                System.load(copy.toString());
            } finally {
                // What is loaded stays, whatever its name.
                Files.deleteIfExists(copy);
            }
        } catch (IOException error) {
            UnsatisfiedLinkError failed = new UnsatisfiedLinkError("mokuteki: the library cannot be unpacked: " + error);
            failed.initCause(error);
            throw failed;
        }
    }

    static native int abi();

    static native long openEmbedded();

    static native long openDirectory(byte[] path, int language);

    static native long openFiles(byte[][] files, int language);

    static native void free(long handle);

    static native void reload(long engine, byte[] path, int language);

    static native byte[] digest(long engine);

    static native long generation(long engine);

    static native int resolve(long engine, long generation, int field, byte[] name, int society, int asOf);

    static native byte[] check(long engine, byte[][] fields, int language, byte[] verdict);

    static native long permit(
            long engine, byte[][] fields, byte[] sink, byte[] recipient, byte[] accepted, int language);

    static native byte[] permitRecord(long permit);

    static native byte[] token(long permit, byte[] key);

    static native byte[] verify(byte[] token, byte[] key, byte[] sink, int language);

    static native void decideIds(
            long engine, long generation, int rows, int[][] columns, byte[] verdicts, int[] clauses);

    static native void decideCoded(
            long engine, int rows, byte[][][] names, int[][] codes, byte[] verdicts, int[] clauses);

    static native byte[] clause(long engine, long generation, int number);

    /** Only in a library that is built for tests. */
    static native void probePanic();
}
