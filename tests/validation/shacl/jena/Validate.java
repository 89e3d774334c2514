// Apache Jena as a third opinion. Reads JSON from standard input, an array of {"shapes": N-Triples, "data": N-Triples}, and
// writes an array of {"report": N-Triples} or {"error": text}. One start of the JVM serves a whole batch.

import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

import org.apache.jena.atlas.json.JSON;
import org.apache.jena.atlas.json.JsonBuilder;
import org.apache.jena.atlas.json.JsonObject;
import org.apache.jena.atlas.json.JsonValue;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.sparql.graph.GraphFactory;

public class Validate {
  static Graph read(JsonObject question, String part) {
    Graph graph = GraphFactory.createDefaultGraph();
    String text = question.get(part).getAsString().value();
    RDFParser.fromString(text).lang(Lang.NTRIPLES).checking(false).parse(graph);
    return graph;
  }

  static String validate(JsonObject question) {
    Shapes shapes = Shapes.parse(read(question, "shapes"));
    StringWriter report = new StringWriter();
    RDFDataMgr.write(report, ShaclValidator.get().validate(shapes, read(question, "data")).getGraph(), Lang.NTRIPLES);
    return report.toString();
  }

  public static void main(String[] arguments) throws Exception {
    JsonBuilder answers = new JsonBuilder();
    answers.startArray();
    for (JsonValue question : JSON.parseAny(System.in).getAsArray()) {
      answers.startObject();
      try {
        answers.pair("report", validate(question.getAsObject()));
      } catch (Exception | StackOverflowError error) {
        answers.pair("error", error.toString());
      }
      answers.finishObject();
    }
    answers.finishArray();
    try (Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8)) {
      out.write(answers.build().toString());
    }
  }
}
