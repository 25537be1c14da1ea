using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Vpio.Jobs;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Commands;

/// <summary>Holds the page from which programs of guests are written to the layout that the tool uses.</summary>
[TestFixture]
internal sealed partial class JobTableTests
{
    [Test]
    public void TheTableHasTheFieldsAndOffsetsOfTheJob()
    {
        IEnumerable<(string, int)> fields = typeof(JobLayout).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Where(field => field.FieldType == typeof(int) && !field.Name.EndsWith("Bytes", StringComparison.Ordinal))
            .Select(field => (Inner().Replace(field.Name, "_").ToLowerInvariant(), (int)field.GetRawConstantValue()!));
        IEnumerable<(string, int)> rows = MarkdownPage.Load("docs/guest-programs.md").TableUnder("Application memory")
            .Select(row => (row[2].Trim('`'), int.Parse(row[0], CultureInfo.InvariantCulture)));
        Assert.That(rows, Is.EqualTo(fields));
    }

    [GeneratedRegex("(?<=.)(?=[A-Z])")]
    private static partial Regex Inner();
}
