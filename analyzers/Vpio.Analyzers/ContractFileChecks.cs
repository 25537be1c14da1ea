using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers;

/// <summary>Checks the contract files: that each line can be read, and names what is there.</summary>
internal static class ContractFileChecks
{
    /// <summary>Reports what is wrong with an additional file, if it is a contract file.</summary>
    public static void Report(AdditionalFileAnalysisContext context)
    {
        if (!ContractFile.Is(context.AdditionalFile))
            return;
        foreach (TextLine line in ContractFile.LinesOf(context.AdditionalFile, context.CancellationToken))
        {
            if (Fault(line.ToString(), context.Compilation) is not { } fault)
                continue;
            Location where = Location.Create(context.AdditionalFile.Path, line.Span, line.Text!.Lines.GetLinePositionSpan(line.Span));
            context.ReportDiagnostic(Diagnostic.Create(ContractBroken.Rule, where, fault));
        }
    }

    private static string? Fault(string text, Compilation compilation)
    {
        if (ContractLine.Parse(text) is not { } line)
            return "This line cannot be read: write a documentation id and an attribute, 'M:Library.Card.Open Acquires'";
        if (!line.IsKnown)
            return $"'{line.Attribute}' is no attribute that a contract file can give: see the list in the guide";
        ISymbol[] members = MembersWith(line.Id, compilation).ToArray();
        if (members.Length == 0)
            return TypesAround(line.Id, compilation).Any() ? $"'{line.Id}' names no member of its type: write the documentation id of a method, property, event or field, with the types of the parameters" : null;
        return members.Any(m => line.AddTo(Contract.None, m) is not null)
            ? null
            : $"'{line.Attribute}' cannot be said of '{line.Id}' so: a path names a parameter or a member that it can reach, and a result is one that it has";
    }

    // As the contracts are looked up: a parsed id does not find every member.
    private static IEnumerable<ISymbol> MembersWith(string id, Compilation compilation) => id[0] == 'T'
        ? DocumentationCommentId.GetSymbolsForDeclarationId(id, compilation)
        : TypesAround(id, compilation).SelectMany(t => t.GetMembers()).Where(m => m is not IMethodSymbol { AssociatedSymbol: not null } && m.GetDocumentationCommentId() == id);

    // One file serves several projects, and not each of them sees every library. So a type that is not there is no fault.
    private static IEnumerable<INamedTypeSymbol> TypesAround(string id, Compilation compilation)
    {
        string path = id.Split('(')[0];
        int end = path.LastIndexOf('.');
        return end < 0 ? [] : DocumentationCommentId.GetSymbolsForDeclarationId("T:" + path.Substring(2, end - 2), compilation).OfType<INamedTypeSymbol>();
    }
}
