using Vpio.Tool.Reporting;

namespace Vpio.Tool.Tests.Reporting;

internal sealed class PlainProgressTests
{
    [Test]
    public void ALookIsOneLineWithoutEscapes()
    {
        var output = new StringWriter();
        new PlainProgress(output).During(show => show(Snapshots.Make(4)));
        string text = output.ToString();
        Assert.That(text.TrimEnd(), Does.Not.Contain('\n').And.Not.Contain('\u001b'));
        Assert.That(text, Does.Contain("owned by d2 #412").And.Contain("forced stops 1").And.Contain("p99 80us"));
    }
}
