using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells which memory is the code's own: in a local variable, a parameter by value, a value that was just made.</summary>
internal static class PrivateMemory
{
    /// <summary>Gets whether memory that is reached through an expression is the code's own.</summary>
    public static bool Holds(IOperation? instance) => instance switch
    {
        null => false,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } input => input.Type is { IsValueType: true } && (Patterns.InputOf(input) is not { } value || !Places.IsPlace(value)),
        IInstanceReferenceOperation self => IsConstructing(self),
        { Type.IsValueType: not true } => false,
        ILocalReferenceOperation local => !local.Local.IsRef || (Places.InitializerOf(local) is { } first && Holds(first)),
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind is RefKind.None or RefKind.Out,
        IFieldReferenceOperation field => Holds(field.Instance),
        IInlineArrayAccessOperation element => Holds(element.Instance),
        IPropertyReferenceOperation property => property.Property.RefKind == RefKind.None || Leads.IsOnStack(property.Instance),
        IInvocationOperation call => call.TargetMethod.RefKind == RefKind.None,
        IConditionalOperation either => !either.IsRef,
        { Kind: OperationKind.None } when Places.IsDereference(instance.Syntax) => Leads.IsOnStack(instance.ChildOperations.FirstOrDefault()),
        _ => IsValue(instance),
    };

    private static bool IsValue(IOperation instance) =>
        instance is IObjectCreationOperation or IDefaultValueOperation or IConversionOperation or IAwaitOperation or IConditionalAccessInstanceOperation or ISwitchExpressionOperation or ICoalesceOperation or IWithOperation;

    // What is made in a constructor or an initializer to run later sees the object when others do.
    private static bool IsConstructing(IInstanceReferenceOperation self)
    {
        SyntaxNode? around = self.Syntax.AncestorsAndSelf().FirstOrDefault(n => n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax } or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax);
        return around is ConstructorDeclarationSyntax or BaseTypeDeclarationSyntax;
    }
}
