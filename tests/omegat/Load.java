import java.io.File;
import java.io.PrintStream;
import java.util.List;
import org.omegat.gui.glossary.*;

/** Prints what OmegaT finds in glossary files: source, target and comment, a line an entry. */
public class Load {
    public static void main(String[] names) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        for (String name : names) {
            File file = new File(name);
            List<GlossaryEntry> entries = name.endsWith(".csv") ? GlossaryReaderCSV.read(file, false)
                : GlossaryReaderTSV.read(file, false);
            if (entries == null) { out.println("-"); continue; }
            for (GlossaryEntry entry : entries)
                out.println(entry.getSrcText() + "\t" + entry.getLocText() + "\t" + entry.getCommentText());
        }
    }
}
