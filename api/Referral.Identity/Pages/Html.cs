using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace NationalReferral.Identity;

/// <summary>A piece of a page. Whatever is put into one is encoded, unless it is a piece itself.</summary>
internal sealed record Html(string Text)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Arabic, UnicodeRanges.Latin1Supplement);

    public static readonly Html Nothing = new(string.Empty);

    public static Html Of(FormattableString text) =>
        new(string.Format(CultureInfo.InvariantCulture, text.Format, [.. text.GetArguments().Select(Encode)]));

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    public override string ToString() => Text;

    private static object Encode(object? value) => value is Html html ? html.Text : Encoder.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
}
