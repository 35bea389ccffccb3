import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;

/** Prints what keeps an ontology (a file of RDF/XML) out of OWL 2 DL, a line each; by the OWL API that comes with HermiT. */
class OwlProfile {
    public static void main(String[] arguments) throws Exception {
        var ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(arguments[0]));
        new OWL2DLProfile().checkOntology(ontology).getViolations().forEach(System.out::println);
    }
}
