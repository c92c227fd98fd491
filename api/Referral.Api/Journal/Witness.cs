using System.Globalization;
using System.Text;

namespace NationalReferral;

/// <summary>One line of the witness: a seal's number, its last position and its hash.</summary>
internal sealed record WitnessLine(long N, long FromPosition, long ToPosition, string Hash)
{
    private const string Word = "seal";

    /// <summary>Words apart by spaces. Lines that begin with another word are not about seals.</summary>
    public static string Text(JournalSeal seal) => string.Create(CultureInfo.InvariantCulture,
        $"{Word} {seal.N} {seal.FromPosition} {seal.ToPosition} {Convert.ToHexStringLower(seal.Hash)} {seal.At:yyyy-MM-ddTHH:mm:ss.fffZ} {seal.SigningKey} {Convert.ToBase64String(seal.Signature)}\n");

    /// <returns>Null for a line of another kind, or one that a crash left half written.</returns>
    public static WitnessLine? Parse(string line)
    {
        var words = line.Split(' ');
        return words.Length == 8 && words[0] == Word && Number(words[1], out var n) && Number(words[2], out var from) && Number(words[3], out var to)
            ? new(n, from, to, words[4])
            : null;
    }

    public bool Confirms(JournalSeal seal) =>
        N == seal.N && FromPosition == seal.FromPosition && ToPosition == seal.ToPosition && Hash == Convert.ToHexStringLower(seal.Hash);

    private static bool Number(string word, out long number) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>
/// An append-only file outside the database that remembers the head of every seal. Only it can tell that a database,
/// whole and well sealed in itself, is an older one or has lost its tail. Keep it on other storage than the database.
/// </summary>
internal sealed class Witness(string file)
{
    private const int TailSize = 4096;

    public string File { get; } = file;

    /// <summary>In bytes; what is appended later is not read by <see cref="Lines"/> up to here.</summary>
    public long Length => System.IO.File.Exists(File) ? new FileInfo(File).Length : 0;

    /// <returns>The last seal that the file remembers; null when it remembers none.</returns>
    public WitnessLine? Last()
    {
        var length = Length;
        for (var size = Math.Min(length, TailSize); ; size = Math.Min(length, size * 2))
        {
            // The first line of the piece may be cut, unless the piece is the file.
            var last = Read(length - size, length).Skip(size == length ? 0 : 1).Select(WitnessLine.Parse).LastOrDefault(line => line is not null);
            if (last is not null || size == length)
            {
                return last;
            }
        }
    }

    /// <summary>
    /// The lines up to a length, from some before that of seal <paramref name="n"/> on. Numbers grow along the file, but where two
    /// instances wrote at once some stand again or late, a few lines apart.
    /// </summary>
    public IEnumerable<WitnessLine> Lines(long n, long length)
    {
        var (low, high) = (0L, length);
        while (high - low > TailSize)
        {
            var middle = low + (high - low) / 2;
            var line = Read(middle, length).Skip(1).Select(WitnessLine.Parse).FirstOrDefault(line => line is not null);
            (low, high) = line?.N < n ? (middle, high) : (low, middle);
        }
        var start = Math.Max(0, low - TailSize);
        // What stands where the piece begins may be half a line, unless the piece is the file.
        return Read(start, length).Skip(start == 0 ? 0 : 1).Select(WitnessLine.Parse).OfType<WitnessLine>();
    }

    /// <summary>On the disk when this returns.</summary>
    public void Append(IEnumerable<JournalSeal> seals)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);
        using var stream = new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var text = new StringBuilder();
        if (EndsInHalfALine(stream))
        {
            text.Append('\n');
        }
        text.AppendJoin(string.Empty, seals.Select(WitnessLine.Text));
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.ASCII.GetBytes(text.ToString()));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>For a database that is made anew on purpose: the old file is renamed, never deleted.</summary>
    public void SetAside(DateTimeOffset now)
    {
        if (Length > 0)
        {
            System.IO.File.Move(File, string.Create(CultureInfo.InvariantCulture, $"{File}.{now.ToUnixTimeMilliseconds()}"));
        }
    }

    private static bool EndsInHalfALine(FileStream stream)
    {
        if (stream.Length == 0)
        {
            return false;
        }
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }

    /// <summary>Whole lines only: what a crash left half written at the end is no line.</summary>
    private IEnumerable<string> Read(long from, long to)
    {
        if (to == from)
        {
            yield break;
        }
        using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var line = new StringBuilder();
        for (var left = to - from; left > 0; left--)
        {
            var letter = reader.Read();
            if (letter == '\n')
            {
                yield return line.ToString();
                line.Clear();
            }
            else
            {
                line.Append((char)letter);
            }
        }
    }
}
