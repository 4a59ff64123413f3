// A picture of a film: brightness and colours, as decoders give them, become light.
#import bevy_ui::ui_vertex_output::UiVertexOutput

struct How {
    red: vec4<f32>,
    green: vec4<f32>,
    blue: vec4<f32>,
    crop: vec4<f32>,
    kind: vec4<f32>,
}

@group(1) @binding(0) var<uniform> how: How;
@group(1) @binding(1) var brightness: texture_2d<f32>;
@group(1) @binding(2) var brightness_sampler: sampler;
@group(1) @binding(3) var blue: texture_2d<f32>;
@group(1) @binding(4) var blue_sampler: sampler;
@group(1) @binding(5) var red: texture_2d<f32>;
@group(1) @binding(6) var red_sampler: sampler;

// Displays take what films mean as it is; blending wants light, which the display's texture turns back.
fn light(value: vec3<f32>) -> vec3<f32> {
    let low = value / 12.92;
    let high = pow((value + 0.055) / 1.055, vec3<f32>(2.4));
    return select(high, low, value <= vec3<f32>(0.04045));
}

@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let at = how.crop.xy + in.uv * how.crop.zw;
    let colours = textureSample(blue, blue_sampler, at);
    let other = textureSample(red, red_sampler, at);
    let coded = vec4<f32>(
        textureSample(brightness, brightness_sampler, at).r,
        colours.r,
        select(other.r, colours.g, how.kind.y > 0.5),
        1.0,
    );
    let seen = vec3<f32>(dot(how.red, coded), dot(how.green, coded), dot(how.blue, coded));
    return vec4<f32>(light(clamp(seen, vec3<f32>(0.0), vec3<f32>(1.0))), how.kind.x);
}
