namespace Vpio.Analyzers.CodeFixes;

/// <summary>Says what a piece of code does with a device.</summary>
internal enum UseKind
{
    /// <summary>It needs the hold.</summary>
    Touch,

    /// <summary>It takes the hold.</summary>
    Grab,

    /// <summary>It gives the hold back.</summary>
    Release,
}

/// <summary>Is one use of a device.</summary>
/// <param name="Node">The access.</param>
/// <param name="Kind">What it does.</param>
internal sealed record DeviceUse(SyntaxNode Node, UseKind Kind);

/// <summary>Finds the uses of a device in code, as far as they name it in the same words.</summary>
internal static class DeviceUses
{
    /// <summary>Gets the uses in a node, in the order they are written in.</summary>
    public static IEnumerable<DeviceUse> Of(SyntaxNode scope, DeviceReference device, SemanticModel model)
    {
        foreach (ExpressionSyntax access in scope.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
        {
            if (access is not (InvocationExpressionSyntax or ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or SimpleNameSyntax) || model.GetSymbolInfo(access).Symbol is not { } symbol)
                continue;
            if (access is SimpleNameSyntax ? symbol is not (IPropertySymbol or IEventSymbol) : symbol is not (IMethodSymbol or IPropertySymbol))
                continue;
            if (access is InvocationExpressionSyntax invocation && symbol is IMethodSymbol called && called.Parameters.Any(p => OwnershipAttributes.Has(p, "RequiresHeld") && ArgumentFor(p, invocation) is { } argument && device.Is(argument.Expression)))
                yield return new DeviceUse(access, UseKind.Touch);
            foreach (AttributeData attribute in OwnershipAttributes.All(symbol))
            {
                if (KindOf(attribute) is { } kind && Concerns(access, symbol, attribute, device, model))
                    yield return new DeviceUse(access, kind);
            }
        }
    }

    /// <summary>Gets whether code uses a device in some way.</summary>
    public static bool Any(SyntaxNode scope, DeviceReference device, SemanticModel model, params UseKind[] kinds) => Of(scope, device, model).Any(u => kinds.Contains(u.Kind));

    private static UseKind? KindOf(AttributeData attribute) => attribute.AttributeClass!.Name switch
    {
        "RequiresHeldAttribute" => UseKind.Touch,
        "AcquiresAttribute" or "TryAcquiresAttribute" => UseKind.Grab,
        "ReleasesAttribute" or "ReleasesWhenAttribute" => UseKind.Release,
        _ => null,
    };

    private static bool Concerns(ExpressionSyntax access, ISymbol symbol, AttributeData attribute, DeviceReference device, SemanticModel model)
    {
        ExpressionSyntax whole = access is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax member } name && member.Name == name ? member : access;
        ImmutableArray<string> paths = OwnershipAttributes.PathsOf(attribute);
        return paths.IsEmpty
            ? Receivers.Of(whole, model) is { } receiver && device.Is(receiver.Expression)
            : paths.Any(p => Substitute(p, access, symbol) == device.Text);
    }

    // A path that starts at a parameter means what the caller passes for it.
    private static string Substitute(string path, ExpressionSyntax access, ISymbol symbol)
    {
        string first = path.Split('.')[0];
        if (symbol is not IMethodSymbol method || access is not InvocationExpressionSyntax invocation || method.Parameters.FirstOrDefault(p => p.Name == first) is not { } parameter)
            return path;
        ArgumentSyntax? argument = ArgumentFor(parameter, invocation);
        return argument is null ? path : argument.Expression + path.Substring(first.Length);
    }

    private static ArgumentSyntax? ArgumentFor(IParameterSymbol parameter, InvocationExpressionSyntax invocation) =>
        invocation.ArgumentList.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name) ?? invocation.ArgumentList.Arguments.ElementAtOrDefault(parameter.Ordinal);
}
