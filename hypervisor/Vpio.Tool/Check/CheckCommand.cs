using System.CommandLine;
using System.CommandLine.Parsing;
using Vpio.Conformance;
using Vpio.Tool.Run;

namespace Vpio.Tool.Check;

/// <summary>Declares <c>vpio check</c>: its options, what each accepts, and how the parsed line becomes <see cref="CheckOptions"/>.</summary>
internal sealed class CheckCommand
{
    private readonly Argument<string[]> _cases = new("case")
    {
        Description = "The cases to try; without any, all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<GuestKinds?> _kinds = new("--guest-kind")
    {
        Description = "The kinds of guests to try them with, one after the other: inprocess, process, kvm, or a list of them (default inprocess).",
        HelpName = "KIND,KIND,...",
        CustomParser = ParseKinds,
    };

    private readonly Option<int?> _kvmDescriptor = CheckedOption.Whole("--kvm-descriptor", 0, int.MaxValue,
        "Use this inherited descriptor of /dev/kvm, instead of opening it.", "FD");

    private readonly Option<bool> _json = new("--json") { Description = "Print the sheet as one JSON object, and nothing else." };

    /// <summary>Builds the command.</summary>
    /// <param name="output">Where the sheet goes.</param>
    internal Command Build(TextWriter output)
    {
        var command = new Command("check", "Try the conformance suite on the reference hypervisor, with guests of each kind, and print a score sheet.")
        {
            _cases, _kinds, _kvmDescriptor, _json,
        };
        command.SetAction(line => CheckApplication.Run(Read(line), output));
        return command;
    }

    private CheckOptions Read(ParseResult line) => new(
        [.. (line.GetValue(_kinds) ?? default).List.Distinct()], CasesOf(line.GetValue(_cases) ?? []), line.GetValue(_kvmDescriptor), line.GetValue(_json));

    private static IReadOnlyList<ConformanceCase> CasesOf(string[] names)
    {
        foreach (string name in names)
        {
            if (!ConformanceSuite.Cases.Any(each => each.Name == name))
                throw new UsageException($"There is no case {name}; vpio check names them all.");
        }

        return names.Length == 0 ? ConformanceSuite.Cases : [.. ConformanceSuite.Cases.Where(each => names.Contains(each.Name))];
    }

    private static GuestKinds? ParseKinds(ArgumentResult result)
    {
        string text = CheckedOption.Single(result);
        if (GuestKinds.TryParse(text, out GuestKinds kinds))
            return kinds;
        result.AddError($"--guest-kind {text} is not known; use inprocess, process, kvm, or a list of them such as inprocess,process.");
        return null;
    }
}
