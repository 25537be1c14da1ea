using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Makes faults of grabs and releases: one is missing, or is there twice.</summary>
internal static class TransitionMutations
{
    public static IEnumerable<Mutant> DeleteRelease(DriverCode code) =>
        code.Statements(o => o.Releases).Where(s => !IsDisposedAnyhow(code, s.Operation)).Select(s => code.Remove("delete a release", s.Statement));

    public static IEnumerable<Mutant> DeleteGrab(DriverCode code) =>
        code.Statements(o => o.Grabs).Select(s => code.Remove("delete a grab", s.Statement));

    public static IEnumerable<Mutant> DuplicateGrab(DriverCode code) =>
        from operation in code.Operations
        where (operation.Grabs || operation.Tries) && operation.IsOnDevice && operation.Receiver is not null && HasPlainGrab(operation.Symbol.ContainingType)
        let statement = operation.Node.FirstAncestorOrSelf<StatementSyntax>()!
        where statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or UsingStatementSyntax || (statement is IfStatementSyntax check && DriverCode.Jumps(check.Statement))
        select Duplicate(code, statement, operation);

    // Disposing of a value that owns a hold twice is allowed.
    public static IEnumerable<Mutant> DuplicateRelease(DriverCode code) =>
        code.Statements(o => o.Releases && o.IsOnDevice).Select(s => code.Substitute("duplicate a release", s.Statement, s.Statement, s.Statement));

    public static IEnumerable<Mutant> DropUsing(DriverCode code)
    {
        foreach (LocalDeclarationStatementSyntax local in code.Root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>().Where(l => !l.UsingKeyword.IsKind(SyntaxKind.None)))
            yield return code.Replace("drop a using", local, local.WithAwaitKeyword(default).WithUsingKeyword(default));
        foreach (UsingStatementSyntax block in code.Root.DescendantNodes().OfType<UsingStatementSyntax>())
        {
            StatementSyntax grab = block.Declaration is { } declaration ? SyntaxFactory.LocalDeclarationStatement(declaration) : SyntaxFactory.ExpressionStatement(block.Expression!);
            yield return code.Replace("drop a using", block, SyntaxFactory.Block(grab, block.Statement));
        }
    }

    /// <summary>Takes the finally away, and lets its statements follow.</summary>
    public static IEnumerable<Mutant> RemoveFinally(DriverCode code) =>
        from block in code.Root.DescendantNodes().OfType<TryStatementSyntax>()
        where block.Finally is { } last && code.In(last).Any(o => o.Releases) && MayBeSkipped(code, block)
        let rest = block.Catches.Count > 0 ? block.WithFinally(null) : (StatementSyntax)block.Block
        select code.Substitute("remove a finally", block, block.Finally!.Block.Statements.Prepend(rest));

    private static Mutant Duplicate(DriverCode code, StatementSyntax statement, DeviceOperation operation)
    {
        StatementSyntax again = SyntaxFactory.ParseStatement($"{operation.Receiver}.Grab();");
        return code.Substitute("duplicate a grab", statement, again, statement);
    }

    private static bool HasPlainGrab(INamedTypeSymbol type) => type.GetMembers("Grab").OfType<IMethodSymbol>().Any(m => m.Parameters.IsEmpty && m.ReturnsVoid);

    private static bool IsDisposedAnyhow(DriverCode code, DeviceOperation release) =>
        release.Receiver is { } receiver
        && code.Model.GetSymbolInfo(receiver).Symbol is ILocalSymbol { IsUsing: true };

    // Where all goes well, it makes no difference whether the statements stand in a finally.
    private static bool MayBeSkipped(DriverCode code, TryStatementSyntax block)
    {
        int held = code.In(block.Block).LastOrDefault(o => o.Grabs)?.Node.Span.End ?? block.SpanStart;
        return block.Block.DescendantNodes().Any(n => n.SpanStart >= held && (n is ReturnStatementSyntax or ThrowStatementSyntax || (block.Catches.Count == 0 && MayThrow(code, n))));
    }

    // What is written in the driver itself, a lambda in a local too, may be known not to throw.
    private static bool MayThrow(DriverCode code, SyntaxNode node) =>
        node is InvocationExpressionSyntax call
        && code.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method
        && code.Model.GetSymbolInfo(call.Expression).Symbol is not ILocalSymbol
        && !DeviceOperation.HasAttribute(method, "NoThrow")
        && !method.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == code.Root.SyntaxTree);
}
