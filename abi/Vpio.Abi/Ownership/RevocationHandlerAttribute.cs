namespace Vpio.Abi.Ownership;

/// <summary>Says that a method is the upcall that asks for the device back.</summary>
/// <remarks>It runs beside the owner. It may set a flag, but neither touch nor grab a device, nor block.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RevocationHandlerAttribute : Attribute;
