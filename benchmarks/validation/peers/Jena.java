import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.atlas.json.JSON;
import org.apache.jena.atlas.json.JsonArray;
import org.apache.jena.atlas.json.JsonNumber;
import org.apache.jena.atlas.json.JsonObject;
import org.apache.jena.atlas.json.JsonString;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sys.JenaSystem;

/** Apache Jena. Arguments: JOB (orders as in worker.py), or SHAPES DATA to check one file. */
public class Jena {
  private final Shapes shapes;

  private Jena(String shapes) {
    this.shapes = Shapes.parse(parse(shapes));
  }

  private static Graph parse(String text) {
    Graph graph = GraphFactory.createDefaultGraph();
    RDFParser.fromString(text).lang(Lang.NTRIPLES).checking(false).parse(graph);
    return graph;
  }

  private String check(String text) {
    StringWriter report = new StringWriter();
    RDFDataMgr.write(report, ShaclValidator.get().validate(shapes, parse(text)).getGraph(), Lang.NTRIPLES);
    return report.toString();
  }

  private double round(List<String> texts, double seconds) {
    int checked = 0;
    long begin = System.nanoTime();
    while (checked == 0 || System.nanoTime() - begin < seconds * 1e9) {
      texts.forEach(this::check);
      checked += texts.size();
    }
    return (System.nanoTime() - begin) / 1e6 / checked;
  }

  private JsonObject answer(String order, List<String> texts) {
    JsonObject answer = new JsonObject();
    if (order.startsWith("round")) {
      answer.put("ms", JsonNumber.value(round(texts, Double.parseDouble(order.split(" ")[1]))));
    } else {
      JsonArray written = new JsonArray();
      texts.forEach(text -> written.add(new JsonString(check(text))));
      answer.put("written", written);
    }
    return answer;
  }

  private static void answerOrders(Path file) throws Exception {
    JsonObject job = JSON.read(file.toString());
    List<String> texts = new ArrayList<>();
    job.get("reports").getAsArray().forEach(text -> texts.add(text.getAsString().value()));
    try {
      Jena jena = new Jena(job.get("shapes").getAsString().value());
      System.out.println("{\"ready\": true}");
      BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(JSON.toStringFlat(jena.answer(order, texts)));
      }
    } catch (RuntimeException error) {
      JsonObject answer = new JsonObject();
      answer.put("error", error.toString());
      System.out.println(JSON.toStringFlat(answer));
    }
  }

  public static void main(String[] arguments) throws Exception {
    JenaSystem.init();
    if (arguments.length == 1) {
      answerOrders(Path.of(arguments[0]));
    } else {
      System.out.print(new Jena(Files.readString(Path.of(arguments[0]))).check(Files.readString(Path.of(arguments[1]))));
    }
  }
}
