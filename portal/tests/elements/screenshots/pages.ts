const IMAGE = "/image/blue.png";

/** What the screenshots show: file name to template. */
export const PAGES: Readonly<Record<string, string>> = {
  "crowd-form": `<crowd-form><short-instructions><p>Read the note and answer the questions beside it.</p></short-instructions>
    <full-instructions header="All instructions">…</full-instructions>
    <h2>Delivery note</h2><p>Two crates of pears arrived on Monday, one of them wet.</p>
    <p><label><input type="radio" name="ok" value="y" required> The note is complete</label><br>
    <label><input type="radio" name="ok" value="n"> Something is missing</label></p>
    <crowd-input name="place" label="Place" required></crowd-input></crowd-form>`,
  "text-controls": `<crowd-form><crowd-input name="a" label="City" value="Oslo"></crowd-input><crowd-input name="b" label="Street"></crowd-input>
    <crowd-input name="c" placeholder="No label, only a hint"></crowd-input><crowd-input name="d" label="Day" type="date"></crowd-input>
    <crowd-input name="e" label="Number of crates" disabled value="2"></crowd-input>
    <crowd-text-area name="f" label="Note" rows="3" char-counter max-length="200" value="First line\nSecond line"></crowd-text-area></crowd-form>`,
  choices: `<crowd-form><h3>What do you see?</h3><crowd-checkbox name="f" value="a" checked>Dark</crowd-checkbox><crowd-checkbox name="f" value="b">Blurred, or so far away
    that nobody could say with any certainty what it might have been before the picture was taken</crowd-checkbox>
    <crowd-checkbox name="f" value="c" disabled checked>Not to be changed</crowd-checkbox>
    <crowd-radio-group><crowd-radio-button name="r" value="y" checked>Yes</crowd-radio-button><crowd-radio-button name="s" value="n">No</crowd-radio-button></crowd-radio-group>
    <p><crowd-toggle-button name="t" checked>On</crowd-toggle-button> &nbsp; <crowd-toggle-button name="u">Off</crowd-toggle-button> &nbsp;
    <crowd-toggle-button name="v" invalid>Invalid</crowd-toggle-button></p>
    <crowd-slider name="w" min="1" max="5" value="4" pin editable><crowd-slider-label position="1">poor</crowd-slider-label>
    <crowd-slider-label position="3">fair</crowd-slider-label><crowd-slider-label position="5">good</crowd-slider-label></crowd-slider>
    <crowd-slider name="x" value="20" secondary-progress="60"></crowd-slider></crowd-form>`,
  buttons: `<crowd-form><p><crowd-button variant="primary" icon="send">Primary</crowd-button> <crowd-button>Normal</crowd-button>
    <crowd-button icon="open-in-new" icon-align="right">Icon right</crowd-button> <crowd-button variant="link" href="#a">Link</crowd-button>
    <crowd-button variant="icon" icon="delete">Delete</crowd-button> <crowd-button disabled>Disabled</crowd-button> <crowd-button loading>Loading</crowd-button></p>
    <p><crowd-icon-button icon="help"></crowd-icon-button> <crowd-icon-button icon="pets" disabled></crowd-icon-button>
    <crowd-fab icon="add" title="Add"></crowd-fab> <crowd-fab label="!" title="Report"></crowd-fab> <crowd-fab label="long" title="Long" disabled></crowd-fab></p>
    <p><span id="box" style="display:inline-block;padding:16px;border:1px solid #999">Messages</span><crowd-badge for="box" label="new"></crowd-badge>
    <span id="mark" style="display:inline-block;margin-left:40px;padding:16px;border:1px solid #999">Icon</span><crowd-badge for="mark" icon="star"></crowd-badge></p></crowd-form>`,
  containers: `<crowd-form><crowd-alert dismissible>Two tasks are left in this job.</crowd-alert><crowd-alert type="success">Saved.</crowd-alert>
    <crowd-alert type="warning" dismissible>Nearly out of time.</crowd-alert><crowd-alert type="error">Not saved.</crowd-alert>
    <crowd-card heading="Item 1" image="${IMAGE}" style="width: 320px">A card with a picture.</crowd-card>
    <crowd-tabs><crowd-tab header="One"><crowd-input name="x" label="In a tab"></crowd-input></crowd-tab><crowd-tab header="Two">b</crowd-tab></crowd-tabs>
    <p><crowd-modal link-text="A dialog">Text</crowd-modal> &nbsp; <crowd-instructions link-type="button" link-text="Instructions"><short-summary>a</short-summary></crowd-instructions></p>
    <crowd-toast text="The work was saved." opened duration="0"></crowd-toast></crowd-form>`,
  "crowd-instructions": `<crowd-form><crowd-instructions link-text="Help"><short-summary>Box each cup.</short-summary>
    <detailed-instructions>Long text</detailed-instructions><positive-example>The box touches the cup.</positive-example>
    <positive-example>Half a cup is boxed as far as it is seen.</positive-example><negative-example>The box leaves room.</negative-example></crowd-instructions></crowd-form>`,
  "crowd-modal": `<crowd-form><crowd-modal link-text="Why this matters" link-type="button"><p>Some words about the matter.</p>
    <crowd-input name="why" label="Why"></crowd-input></crowd-modal></crowd-form>`,
  "crowd-classifier": `<crowd-form><crowd-classifier name="tone" header="What is the tone of this review?"
    categories="['Calm','Angry','Glad','Disappointed but polite','Sarcastic','None of these']">
    <classification-target><p>The pears came late, and half of them were soft. I called twice; the second time somebody listened.</p></classification-target>
    <short-instructions><p>Choose the tone that fits the <b>whole</b> text.</p><p>When two fit, choose the stronger one.</p></short-instructions>
    <full-instructions header="How to choose a tone"><p>…</p></full-instructions></crowd-classifier></crowd-form>`,
  "crowd-image-classifier": `<crowd-form><crowd-image-classifier name="pic" header="Which digit is shown?" src="${IMAGE}"
    categories="['0','1','2','3','4','5','6','7','8','9']" overlay="{boundingBox:{labels:['cup','jug'],value:[{label:'cup',left:20,top:15,width:40,height:40},{label:'jug',left:70,top:30,width:40,height:40}]}}">
    <short-instructions><p>Look at the whole picture.</p></short-instructions><full-instructions header="Digits"><p>…</p></full-instructions>
    <worker-comment></worker-comment></crowd-image-classifier></crowd-form>`,
  "crowd-classifier-multi-select": `<crowd-form><crowd-classifier-multi-select name="topics" header="What is this report about?"
    categories="['Weather','Traffic on the roads around the harbor','Sports','Politics']" exclusion-category="{ text: 'None of these' }">
    <classification-target><p>The storm closed both bridges on Monday; the match was put off until the ferry runs again.</p></classification-target>
    <short-instructions><p>Choose <b>every</b> subject the report spends a sentence on.</p></short-instructions>
    <full-instructions header="How to choose subjects"><p>…</p></full-instructions></crowd-classifier-multi-select></crowd-form>`,
  "crowd-image-classifier-multi-select": `<crowd-form><crowd-image-classifier-multi-select name="pic" header="What can you see?" src="${IMAGE}"
    categories="['cup','jug','table','window']" exclusion-category="{ text: 'None of these' }">
    <short-instructions><p>Look at the whole picture.</p></short-instructions>
    <worker-comment></worker-comment></crowd-image-classifier-multi-select></crowd-form>`,
  "exclusion-chosen": `<crowd-form><crowd-classifier-multi-select name="topics" header="What is this report about?"
    categories="['Weather','Traffic','Sports']" exclusion-category="{ text: 'None of these' }">
    <classification-target><p>Pears were cheap this week.</p></classification-target></crowd-classifier-multi-select></crowd-form>`,
  "first-task": `<crowd-form><crowd-classifier name="tone" header="What is the tone of this review?" categories="['Calm','Angry','Glad']">
    <classification-target><p>The pears came late, and half of them were soft.</p></classification-target>
    <short-instructions><p>Choose the tone that fits the whole text.</p></short-instructions>
    <full-instructions header="How to choose a tone"><h3>One text, one tone</h3><p>Choose the tone of the whole text. When two fit, choose
    the stronger one.</p><h3>When you are unsure</h3><p>Take your best guess: several people read the same text.</p></full-instructions>
    </crowd-classifier></crowd-form>`,
  "mask-overlay": `<crowd-form><crowd-image-classifier name="pic" header="Are the masks right?" src="${IMAGE}" categories="['Accept','Reject']"
    overlay="{instanceSegmentation:{labels:['cup','jug'],instances:[{color:'#00aa00',label:'cup'},{color:'#123456',label:'jug'}],src:'/image/mask.png'}}"></crowd-image-classifier></crowd-form>`,
  "image-failed": `<crowd-form><crowd-image-classifier name="pic" header="Which?" src="/image/none.png" categories="['cup','jug']"></crowd-image-classifier></crowd-form>`,
  "crowd-entity-annotation": `<crowd-entity-annotation name="e" header="Mark people, places and dates in the letter"
    labels="[{label:'per',fullDisplayName:'Person',shortDisplayName:'PER'},{label:'loc',fullDisplayName:'Place',shortDisplayName:'LOC'},{label:'date',fullDisplayName:'Date'},{label:'role',fullDisplayName:'Role or title',shortDisplayName:'ROLE'}]"
    initial-value="[{label:'role',startOffset:7,endOffset:33},{label:'loc',startOffset:24,endOffset:33},{label:'per',startOffset:35,endOffset:46},{label:'loc',startOffset:170,endOffset:177},{label:'date',startOffset:69,endOffset:81},{label:'per',startOffset:223,endOffset:227}]"
    text="To the harbor master of Lillehavn, Blue Marlin&#10;&#10;The ferry arrived on Monday 3 May at noon. Two crates of pears were missing when we counted, and the captain sent word to Nordvik.&#10;&#10;	Counted twice: 38 crates 🍐&#10;	Hebrew label: שלום עולם&#10;&#10;We ask you to look for them.">
    <short-instructions><p>Mark <b>every</b> name, also inside of other names.</p></short-instructions><full-instructions header="How to mark"><p>…</p></full-instructions></crowd-entity-annotation>`,
  "crowd-text-ranking": `<crowd-form><crowd-text-ranking name="r" header="Rank the answers" text="How do I keep pears from turning brown after I have cut them?"
    responses='["Put them into water with some lemon juice until you serve them.","You can not.","Wrap the halves tightly and keep them cold; brush the cut side with lemon juice or honey water, which keeps the air away for some hours."]'
    ordinal-ranking-dimensions='[{"name":"Helpful","allowTie":false},{"name":"Polite","allowTie":true}]'>
    <short-instructions><p>Read all answers first.</p></short-instructions></crowd-text-ranking></crowd-form>`,
  "crowd-question-answer-generation": `<crowd-form><crowd-question-answer-generation name="qa" header="Write questions that the passage answers"
    text="The ferry arrived on Monday at noon. Two crates of pears were missing when we counted, and the captain sent word to Nordvik.&#10;&#10;On Tuesday one of them was found on the quay, wet but whole."
    min-questions="2" question-min-words="3" answer-max-words="20" question-tags='["Who","When","Where","How many"]' allow-custom-question-tags>
    </crowd-question-answer-generation></crowd-form>`,
  "crowd-rekognition-detect-moderation-labels": `<crowd-form><crowd-rekognition-detect-moderation-labels header="What fits this image?" src="${IMAGE}"
    categories="[{name:'Smoking',parentName:'Tobacco'},{name:'Drinking',parentName:'Alcohol'},{name:'Gambling',parentName:''}]" exclusion-category="{text:'None of these'}">
    <short-instructions><p>Look at the whole picture.</p></short-instructions></crowd-rekognition-detect-moderation-labels></crowd-form>`,
  "crowd-textract-analyze-document": `<crowd-form><crowd-textract-analyze-document header="Is the form read right?" src="${IMAGE}" block-types="['KEY_VALUE_SET']" no-key-edit no-geometry-edit
    keys="[{importantFormKey:'Total'},{importantFormKey:'Name'},{importantFormKey:'Date'}]"
    initial-value="[{blockType:'KEY_VALUE_SET',id:'k1',confidence:91,geometry:{boundingBox:{left:0.08,top:0.15,width:0.25,height:0.09}},relationships:[{type:'VALUE',ids:['v1']}],entityTypes:['KEY'],text:'Total:'},{blockType:'KEY_VALUE_SET',id:'v1',confidence:91,geometry:{boundingBox:{left:0.42,top:0.15,width:0.4,height:0.09}},entityTypes:['VALUE'],text:'12.40'},{blockType:'KEY_VALUE_SET',id:'k2',confidence:91,geometry:{boundingBox:{left:0.08,top:0.4,width:0.25,height:0.09}},relationships:[{type:'VALUE',ids:['v2']}],entityTypes:['KEY'],text:'Name'},{blockType:'KEY_VALUE_SET',id:'v2',confidence:91,geometry:{boundingBox:{left:0.42,top:0.4,width:0.4,height:0.09}},entityTypes:['VALUE'],text:'Blue Marlin'}]"></crowd-textract-analyze-document></crowd-form>`,
  "crowd-bounding-box": `<crowd-form><crowd-bounding-box name="b" header="Draw a box around each cup and each jug" src="${IMAGE}" labels="['cup','jug','plate with a very long name that wraps','spoon']"
    initial-value="[{label:'cup',left:10,top:12,width:30,height:30},{label:'jug',left:50,top:30,width:30,height:40},{label:'cup',left:86,top:6,width:20,height:24}]">
    <short-instructions><p>Boxes touch the object on all four sides.</p></short-instructions><full-instructions header="Boxes"><p>…</p></full-instructions></crowd-bounding-box></crowd-form>`,
  "crowd-keypoint": `<crowd-form><crowd-keypoint name="k" header="Mark the tips of the leaves" src="${IMAGE}" labels="['tip','stem']"
    initial-value="[{label:'tip',x:20,y:20},{label:'tip',x:60,y:44},{label:'stem',x:90,y:60}]">
    <short-instructions><p>One point a tip.</p></short-instructions></crowd-keypoint></crowd-form>`,
  "crowd-polygon": `<crowd-form><crowd-polygon name="p" header="Outline each lake" src="${IMAGE}" labels="['lake','island','pond','river','sea','bay','ford','well','spring','marsh','delta','canal']"
    initial-value="[{label:'lake',vertices:[{x:20,y:20},{x:70,y:12},{x:100,y:44},{x:60,y:70},{x:30,y:60}]},{label:'island',vertices:[{x:50,y:30},{x:70,y:30},{x:60,y:50}]}]">
    <short-instructions><p>Follow the shore.</p></short-instructions></crowd-polygon></crowd-form>`,
  "crowd-polyline": `<crowd-form><crowd-polyline name="w" header="Follow each wire" src="${IMAGE}" labels="['wire','pipe']" label-colors="['#ffe119']"
    initial-value="{polylines:[{label:'wire',vertices:[{x:10,y:10},{x:50,y:30},{x:70,y:70}]},{label:'pipe',vertices:[{x:100,y:10},{x:100,y:70}]}]}"></crowd-polyline></crowd-form>`,
  "crowd-line": `<crowd-form><crowd-line name="l" header="Mark each edge" src="${IMAGE}" labels="['edge']"
    initial-value="{lines:[{label:'edge',vertices:[{x:10,y:10},{x:110,y:70}]}]}"></crowd-line></crowd-form>`,
  "drawing-shortcuts": `<crowd-form><crowd-polygon name="p" header="Outline each lake" src="${IMAGE}" labels="['lake']"></crowd-polygon></crowd-form>`,
  "crowd-semantic-segmentation": `<crowd-form><crowd-semantic-segmentation name="s" header="Paint the road, the sky and everything that grows" src="/image/halves.png"
    labels="['Road','Sky','Tree or bush','Building']" initial-value="{src:'/image/mask.png',labelMappings:{Road:{color:'#00aa00'},Sky:{color:'#1f77b4'}}}">
    <short-instructions><p>Paint up to the edge; leave out what you can't make out.</p></short-instructions><full-instructions header="Painting"><p>…</p></full-instructions></crowd-semantic-segmentation></crowd-form>`,
  "crowd-instance-segmentation": `<crowd-form><crowd-instance-segmentation name="i" header="Paint each cup and each jug in a color of its own" src="${IMAGE}"
    labels="['Cup','Jug']" initial-value="{src:'/image/mask.png',instances:[{color:'#00aa00',label:'Cup'},{color:'#1f77b4',label:'Jug'},{color:'#123456',label:'Cup'}]}">
    <short-instructions><p>One instance for each thing.</p></short-instructions></crowd-instance-segmentation></crowd-form>`,
  superpixels: `<crowd-form><crowd-semantic-segmentation name="s" header="Superpixels" src="/image/halves.png" labels="['Road','Sky']"></crowd-semantic-segmentation></crowd-form>`,
  shortcuts: `<crowd-form><crowd-image-classifier name="pic" header="Which?" src="${IMAGE}" categories="['cup','jug','pot']"></crowd-image-classifier></crowd-form>`,
};

/** Pages that open as the first task of a job. */
export const FIRST_TASKS: readonly string[] = ["first-task"];

/** Keys to press before the picture is taken. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  "crowd-classifier": ["2"],
  "crowd-classifier-multi-select": ["1", "2"],
  "crowd-image-classifier": ["2"],
  "crowd-image-classifier-multi-select": ["1", "3"],
  "exclusion-chosen": ["n"],
  "crowd-entity-annotation": ["n", "n"],
  "crowd-text-ranking": ["Tab", "Tab", "Tab", "Tab", "2", "Tab", "1"],
  "crowd-rekognition-detect-moderation-labels": ["2"],
  "crowd-textract-analyze-document": ["n"],
};

/** What to do before the picture is taken: file name to the name of a button to press. */
export const PRESS: Readonly<Record<string, string>> = {
  "crowd-form": "Submit",
  "crowd-instructions": "Help",
  "crowd-modal": "Why this matters",
  "crowd-polygon": "lake, polygon 1, 5 points, left 20, top 12, 80 by 58",
  "drawing-shortcuts": "Shortcuts",
  superpixels: "Superpixels",
  shortcuts: "Shortcuts",
};
