using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class InstantsTests
{
    [TestCase("2026-02-28T23:59:59.999Z")]
    [TestCase("0001-01-01T00:00:00.000Z")]
    [TestCase("9999-12-31T00:00:00.000Z")]
    public void What_is_written_is_read(string instant)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(Instants.Parse(Instants.Text(at)), Is.EqualTo(at));
    }

    [TestCase("2026-02-28 23:59:59")]
    [TestCase("2026-02-28 23:59:59.99x")]
    [TestCase("2026-02-2٨ 23:59:59.999")]
    [TestCase("2026-02-31 00:00:00.000")]
    public void What_is_no_instant_is_not_read(string text) =>
        Assert.That(() => Instants.Parse(text), Throws.TypeOf<FormatException>().Or.TypeOf<ArgumentOutOfRangeException>());
}
