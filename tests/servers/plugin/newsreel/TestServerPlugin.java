package newsreel;

import java.io.IOException;
import java.io.Reader;
import java.util.*;
import java.util.function.*;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.charfilter.*;
import org.apache.lucene.analysis.core.*;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.en.*;
import org.apache.lucene.analysis.miscellaneous.*;
import org.apache.lucene.analysis.pattern.*;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.*;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.*;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestController;
import org.elasticsearch.rest.RestHandler;

/**
 * What the server that Maven Central has lacks of the full one: the analysis-common module's English part, made of the
 * Lucene classes that the server has on its own path, and GET /. For local servers and tests only.
 */
public final class TestServerPlugin extends Plugin implements AnalysisPlugin, ActionPlugin {
    private ClusterService clusters;

    @Override
    public Collection<?> createComponents(PluginServices services) {
        clusters = services.clusterService();
        return List.of();
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
            Settings settings, NamedWriteableRegistry registry, RestController controller, ClusterSettings clusterSettings,
            IndexScopedSettings indexSettings, SettingsFilter settingsFilter, IndexNameExpressionResolver resolver,
            Supplier<DiscoveryNodes> nodes, Predicate<NodeFeature> features) {
        return List.of(new RootEndpoint(clusters));
    }

    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        return Map.of("english", (index, environment, name, settings) -> {
            CharArraySet stopWords = Analysis.parseStopWords(environment, settings, EnglishAnalyzer.getDefaultStopSet());
            CharArraySet unstemmed = new CharArraySet(settings.getAsList("stem_exclusion"), false);
            return new AbstractIndexAnalyzerProvider<EnglishAnalyzer>(name, settings) {
                private final EnglishAnalyzer analyzer = new EnglishAnalyzer(stopWords, unstemmed);

                @Override
                public EnglishAnalyzer get() { return analyzer; }
            };
        });
    }

    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of(
            "html_strip", charFilter(settings -> HTMLStripCharFilter::new),
            "mapping", charFilter(settings -> {
                NormalizeCharMap map = mappings(settings.getAsList("mappings"));
                return reader -> new MappingCharFilter(map, reader);
            }));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "keyword", tokenizer(settings -> KeywordTokenizer::new),
            "whitespace", tokenizer(settings -> WhitespaceTokenizer::new),
            "uax_url_email", tokenizer(settings -> UAX29URLEmailTokenizer::new));
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        Map<String, AnalysisProvider<TokenFilterFactory>> filters = new TreeMap<>();
        filters.put("asciifolding", normalizing(settings -> {
            boolean both = settings.getAsBoolean("preserve_original", false);
            return tokens -> new ASCIIFoldingFilter(tokens, both);
        }));
        filters.put("trim", normalizing(settings -> TrimFilter::new));
        filters.put("length", filter(settings -> {
            int shortest = settings.getAsInt("min", 0), longest = settings.getAsInt("max", Integer.MAX_VALUE);
            return tokens -> new LengthFilter(tokens, shortest, longest);
        }));
        filters.put("pattern_capture", filter(settings -> {
            Pattern[] patterns = settings.getAsList("patterns").stream().map(Pattern::compile).toArray(Pattern[]::new);
            boolean both = settings.getAsBoolean("preserve_original", true);
            return tokens -> new PatternCaptureGroupTokenFilter(tokens, both, patterns);
        }));
        filters.put("pattern_replace", normalizing(settings -> {
            Pattern pattern = Pattern.compile(settings.get("pattern", ""));
            String replacement = settings.get("replacement", "");
            boolean all = settings.getAsBoolean("all", true);
            return tokens -> new PatternReplaceFilter(tokens, pattern, replacement, all);
        }));
        filters.put("porter_stem", filter(settings -> PorterStemFilter::new));
        filters.put("remove_duplicates", filter(settings -> RemoveDuplicatesTokenFilter::new));
        filters.put("stemmer", filter(settings -> stemmer(settings.get("language", settings.get("name", "porter")))));
        filters.put("unique", filter(settings -> UniqueFilter::new));
        return filters;
    }

    private static UnaryOperator<TokenStream> stemmer(String language) {
        return switch (language) {
            case "english", "porter" -> PorterStemFilter::new;
            case "light_english", "kstem" -> KStemFilter::new;
            case "minimal_english" -> EnglishMinimalStemFilter::new;
            case "porter2" -> tokens -> new SnowballFilter(tokens, "English");
            case "possessive_english" -> EnglishPossessiveFilter::new;
            default -> throw new IllegalArgumentException("the local server stems English only, not " + language);
        };
    }

    private static NormalizeCharMap mappings(List<String> rules) {
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        rules.stream().map(rule -> rule.split("=>", 2)).forEach(sides -> map.add(unescape(sides[0]), unescape(sides[1])));
        return map.build();
    }

    private static String unescape(String side) {
        return Pattern.compile("\\\\u([0-9A-Fa-f]{4})").matcher(side.strip())
            .replaceAll(found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
    }

    private static AnalysisProvider<CharFilterFactory> charFilter(Function<Settings, UnaryOperator<Reader>> configured) {
        return (index, environment, name, settings) -> new CharFilterOf(name, configured.apply(settings));
    }

    private static AnalysisProvider<TokenizerFactory> tokenizer(Function<Settings, Supplier<Tokenizer>> configured) {
        return (index, environment, name, settings) -> TokenizerFactory.newFactory(name, configured.apply(settings));
    }

    private static AnalysisProvider<TokenFilterFactory> filter(Function<Settings, UnaryOperator<TokenStream>> configured) {
        return (index, environment, name, settings) -> new FilterOf(name, configured.apply(settings));
    }

    /** A filter that a keyword field's normalizer may use too. */
    private static AnalysisProvider<TokenFilterFactory> normalizing(
            Function<Settings, UnaryOperator<TokenStream>> configured) {
        return (index, environment, name, settings) -> new NormalizingFilterOf(name, configured.apply(settings));
    }

    private record CharFilterOf(String name, UnaryOperator<Reader> wrap) implements NormalizingCharFilterFactory {
        @Override
        public Reader create(Reader reader) { return wrap.apply(reader); }
    }

    private record FilterOf(String name, UnaryOperator<TokenStream> wrap) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream tokens) { return wrap.apply(tokens); }
    }

    private record NormalizingFilterOf(String name, UnaryOperator<TokenStream> wrap) implements NormalizingTokenFilterFactory {
        @Override
        public TokenStream create(TokenStream tokens) { return wrap.apply(tokens); }
    }

    /** Lets each term through once. */
    private static final class UniqueFilter extends FilteringTokenFilter {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final Set<String> seen = new HashSet<>();

        UniqueFilter(TokenStream tokens) { super(tokens); }

        @Override
        protected boolean accept() { return seen.add(term.toString()); }

        @Override
        public void reset() throws IOException {
            super.reset();
            seen.clear();
        }
    }
}
