using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vpio.Repository.Tests;

namespace Vpio.Analyzers.Tests.Corpus;

/// <summary>Code that keeps the rules is left in peace, every rule on.</summary>
internal sealed class SilentCorpusTests
{
    private const string Driver = "guest-driver/Vpio.GuestDriver/";

    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static IReadOnlyList<CorpusDriver> Drivers => CorpusDriver.All;

    [TestCaseSource(nameof(Drivers))]
    public async Task NothingIsReportedInADriverThatIsRight(CorpusDriver driver)
    {
        CSharpCompilation compilation = CorpusCompilation.OfDrivers(CorpusCompilation.Parse(driver.Text, driver.Name));
        Assert.That(CorpusCompilation.Errors(compilation), Is.Empty);
        Assert.That(await CorpusCompilation.Analyse(compilation), Is.Empty);
    }

    [Test]
    public async Task NothingIsReportedInTheProjectsOwnDrivers()
    {
        // A port is no driver: that of a process needs what the compiler generates for native calls, and sees what is internal to the ABI.
        List<SyntaxTree> files = [.. Checkout.Files(".cs").Where(p => p.StartsWith(Driver, StringComparison.Ordinal) && !p.StartsWith(Driver + "Processes/", StringComparison.Ordinal)).Select(p => CorpusCompilation.Parse(Checkout.Read(p), p))];
        Assert.That(files, Is.Not.Empty);
        CSharpCompilation compilation = CorpusCompilation.OfFiles(files.Append(CorpusCompilation.Parse(Usings)));
        Assert.That(CorpusCompilation.Errors(compilation), Is.Empty);
        Assert.That(await CorpusCompilation.Analyse(compilation), Is.Empty);
    }
}
