import java.io.File;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints one line per rule that a file breaks: flavour, file, rule, message, separated by tabs. Nothing printed: all conform. */
public final class VeraDriver {
  private VeraDriver() {}

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (int number = 1; number < arguments.length; number++) {
      for (String name : arguments[0].split(",")) {
        check(PDFAFlavour.byFlavourId(name), arguments[number]);
      }
    }
    System.out.println("checked\t" + (arguments.length - 1));
  }

  private static void check(PDFAFlavour flavour, String path) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      Set<String> broken = new LinkedHashSet<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() != TestAssertion.Status.PASSED) {
          String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          broken.add(rule + "\t" + assertion.getMessage());
        }
      }
      if (broken.isEmpty() && !result.isCompliant()) {
        broken.add("?\tnot compliant, no rule named");
      }
      for (String line : broken) {
        System.out.println(flavour.getId() + "\t" + path + "\t" + line);
      }
    }
  }
}
