using System.Text;

namespace NationalReferral;

/// <summary>
/// How a word of a name sounds, in one alphabet for Urdu and Latin letters: small consonants, the vowels <c>a i u</c>, and
/// the capitals <c>K G X C</c> for kh, gh, sh, ch. Urdu writes no short vowels, so that two spellings agree in their consonants.
/// </summary>
public static class NameSounds
{
    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["md"] = "muhammad",
        ["mohd"] = "muhammad",
        ["muhd"] = "muhammad",
        ["ch"] = "chaudhry",
    };

    // Sindhi, Pashto and Arabic letters stand beside the Urdu ones whose sound they share.
    private static readonly (string Letters, char Sound)[] ArabicLetters =
    [
        ("اآأإٱعء", 'a'),
        ("یيىےېۍئ", 'i'), ("وؤۇ", 'u'), ("بٻڀ", 'b'), ("پ", 'p'), ("تطٹټٺٿ", 't'), ("ثسصڅ", 's'), ("جڄ", 'j'), ("چڇڃ", 'C'),
        ("حہهۂۃة", 'h'), ("خ", 'K'), ("دڈډڏڌڊڍ", 'd'), ("ذزضظژځ", 'z'), ("رڑړڙ", 'r'), ("شښ", 'X'), ("غ", 'G'), ("فڦ", 'f'),
        ("قکكڪ", 'k'), ("گګڳږ", 'g'), ("ل", 'l'), ("م", 'm'), ("نںڼڻڱ", 'n'),
    ];

    private static readonly Dictionary<char, char> Arabic =
        ArabicLetters.SelectMany(row => row.Letters.Select(letter => (letter, row.Sound))).ToDictionary(pair => pair.letter, pair => pair.Sound);

    /// <param name="word">Folded by <see cref="NameWords"/>: small letters, no marks.</param>
    public static string Of(string word)
    {
        var text = Abbreviations.GetValueOrDefault(word, word);
        var sounds = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            Add(sounds, text, ref i);
        }
        // A last h is written or not, as the writer likes: Fatima, Fatimah, فاطمہ, فاطمة.
        if (sounds.Length > 1 && sounds[^1] == 'h')
        {
            sounds.Length--;
        }
        return sounds.ToString();
    }

    public static bool IsVowel(char sound) => sound is 'a' or 'i' or 'u';

    private static void Add(StringBuilder sounds, string text, ref int i)
    {
        var c = text[i];
        if (i + 1 < text.Length && text[i + 1] == 'ھ' && c is ('ک' or 'گ' or 'چ'))
        {
            i++;
            Put(sounds, c == 'ک' ? 'K' : c == 'گ' ? 'G' : 'C');
            return;
        }
        if (Arabic.TryGetValue(c, out var arabic))
        {
            // و and ی begin a word as w and y.
            Put(sounds, arabic == 'u' ? 'W' : arabic == 'i' ? 'Y' : arabic);
            return;
        }
        if (i + 1 < text.Length && text[i + 1] == 'h' && Aspirate(c) is { } one)
        {
            i++;
            Put(sounds, one);
            return;
        }
        if (c == 'x')
        {
            Put(sounds, 'k');
            Put(sounds, 'X');
        }
        else if (Latin(c) is { } sound)
        {
            Put(sounds, sound);
        }
    }

    // The first sound keeps w and y apart from the vowels that they are inside a word.
    private static void Put(StringBuilder sounds, char sound)
    {
        if (sounds.Length == 0)
        {
            sounds.Append(sound switch { 'W' => 'w', 'Y' => 'y', _ => sound });
            return;
        }
        var inside = sound switch { 'W' => 'u', 'Y' => 'i', _ => sound };
        if (sounds[^1] != inside)
        {
            sounds.Append(inside);
        }
    }

    private static char? Aspirate(char c) => c switch
    {
        'k' => 'K',
        'g' => 'G',
        's' => 'X',
        'c' => 'C',
        'p' => 'f',
        'b' or 'd' or 'j' or 't' => c,
        _ => null,
    };

    private static char? Latin(char c) => c switch
    {
        'a' => 'a',
        'e' or 'i' => 'i',
        'y' => 'Y',
        'o' or 'u' => 'u',
        'w' or 'v' => 'W',
        'q' or 'c' => 'k',
        >= 'b' and <= 'z' => c,
        _ => null,
    };
}
